import { execFileSync } from 'node:child_process';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import {
  type IngestResult,
  measureIngesting,
  measureIngestMemory,
  measureRerun,
  type RerunResult,
} from './ingesting';
import { measureMemory, measureReading, type ReadingResult } from './reading';
import { measureSynthesis, type SynthesisResult } from './synthesis';

// npm run bench [-- --suite reading,ingesting,synthesis --events 400000 --rounds 5 --only NAME --memory 100000,2000000
//   --rerun 10000 --json]
// Peers side by side, each run in a process of its own, alternating; medians and ratios. Figures from a
// shared machine are noisy: read the ratios.

const { values: options } = parseArgs({
  options: {
    suite: { type: 'string', default: 'reading,ingesting,synthesis' },
    events: { type: 'string', default: '400000' },
    rounds: { type: 'string', default: '5' },
    only: { type: 'string' },
    memory: { type: 'string', default: '100000,2000000' },
    rerun: { type: 'string', default: '10000' },
    json: { type: 'boolean', default: false },
  },
});

function readingTable(results: readonly ReadingResult[]): string {
  const table = new Table({
    head: ['reading', 'events/s', 'of floor', 'target', 'peak MiB'],
    colAligns: ['left', 'right', 'right', 'right', 'right'],
    style: { head: [], border: [], compact: true },
  });
  for (const { name, eventsPerSecond, ofFloor, target, peakMebibytes } of results) {
    const wanted =
      target === undefined ? '' : `${target.toFixed(2)} ${ofFloor >= target ? 'met' : 'NOT met'}`;
    table.push([name, eventsPerSecond.toLocaleString('en-US'), ofFloor.toFixed(2), wanted, peakMebibytes]);
  }
  return table.toString();
}

function benchReading() {
  buildCommand();
  const reading = measureReading(Number(options.events), Number(options.rounds), options.only);
  const memory = options.memory === '' ? [] : measureMemory(options.memory.split(',').map(Number));
  return { reading, memory };
}

function writeReading({ reading, memory }: ReturnType<typeof benchReading>): void {
  process.stdout.write(`${options.events} events\n${readingTable(reading)}\n`);
  for (const { events, peakMebibytes } of memory) {
    process.stdout.write(
      `readEvents over ${events.toLocaleString('en-US')} events: peak ${peakMebibytes} MiB\n`,
    );
  }
}

function buildCommand(): void {
  execFileSync('npm', ['run', '--silent', 'build'], { cwd: join(__dirname, '..'), stdio: 'inherit' });
}

async function benchIngesting() {
  buildCommand();
  const rounds = Number(options.rounds);
  const ingesting = await measureIngesting(Number(options.events), rounds);
  const reruns = await measureRerun(Number(options.rerun), rounds);
  const sizes = options.memory === '' ? [] : options.memory.split(',').map(Number);
  return { ingesting, reruns, ingestMemory: sizes.map(measureIngestMemory) };
}

function ingestTable(results: readonly IngestResult[]): string {
  const table = new Table({
    head: ['ingesting', 'events/s', 'of explicit', 'peak MiB', 'file MiB'],
    colAligns: ['left', 'right', 'right', 'right', 'right'],
    style: { head: [], border: [], compact: true },
  });
  for (const { name, eventsPerSecond, ofExplicit, peakMebibytes, fileMebibytes } of results) {
    table.push([
      name,
      eventsPerSecond.toLocaleString('en-US'),
      ofExplicit.toFixed(2),
      peakMebibytes,
      fileMebibytes,
    ]);
  }
  return table.toString();
}

function rerunLine({ where, objects, seconds, listSeconds, ofListing }: RerunResult): string {
  return (
    `nothing new among ${objects.toLocaleString('en-US')} objects of a ${where} listing: ${seconds.toFixed(2)} s, ` +
    `the bare listing ${listSeconds.toFixed(2)} s, ratio ${ofListing.toFixed(2)}, target 3.00 ${ofListing <= 3 ? 'met' : 'NOT met'}\n`
  );
}

function writeIngesting({
  ingesting,
  reruns,
  ingestMemory,
}: Awaited<ReturnType<typeof benchIngesting>>): void {
  process.stdout.write(
    `${options.events} events\n${ingestTable(ingesting)}\n${reruns.map(rerunLine).join('')}`,
  );
  for (const { events, peakMebibytes, seconds } of ingestMemory) {
    process.stdout.write(
      `ingest of ${events.toLocaleString('en-US')} events: peak ${peakMebibytes} MiB, ${seconds.toFixed(1)} s\n`,
    );
  }
}

function writeSynthesis({ seconds, emptySeconds, ofEmpty, target }: SynthesisResult): void {
  process.stdout.write(
    `synthesis: tsx main.ts ${seconds.toFixed(2)} s, an empty app with the same libraries ${emptySeconds.toFixed(2)} s, ` +
      `ratio ${ofEmpty.toFixed(2)}, target ${target.toFixed(2)} ${ofEmpty <= target ? 'met' : 'NOT met'}\n`,
  );
}

async function main(): Promise<void> {
  const suites = options.suite.split(',');
  const reading = suites.includes('reading') ? benchReading() : undefined;
  const ingesting = suites.includes('ingesting') ? await benchIngesting() : undefined;
  const synthesis = suites.includes('synthesis') ? measureSynthesis(Number(options.rounds)) : undefined;
  if (options.json) {
    process.stdout.write(
      `${JSON.stringify({ node: process.version, cpus: cpus().length, ...reading, ...ingesting, synthesis })}\n`,
    );
    return;
  }
  process.stdout.write(`Node ${process.version}, ${cpus().length} processors\n`);
  if (reading !== undefined) writeReading(reading);
  if (ingesting !== undefined) writeIngesting(ingesting);
  if (synthesis !== undefined) writeSynthesis(synthesis);
}

void main();
