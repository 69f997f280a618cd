import { execFileSync } from 'node:child_process';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import {
  type AskingResult,
  type GrowthResult,
  measureAsking,
  measureGrowth,
  measureTrace,
  type TraceResult,
} from './asking';
import {
  type IngestResult,
  measureIngesting,
  measureIngestMemory,
  measureRerun,
  type RerunResult,
} from './ingesting';
import { measureMemory, measureReading, type ReadingResult } from './reading';
import { median } from './run';
import { measureSizes, sizesText } from './sizes';
import { measureSynthesis, type SynthesisResult } from './synthesis';

// npm run bench [-- --suite reading,ingesting,asking,synthesis --events 400000 --rounds 5 --only NAME --memory 100000,2000000
//   --rerun 10000 --growth 1000000,10000000 --sizes 1000000,10000000 --json]
// Compares alternatives: each run is a separate process, the runs alternate, and the results are medians and
// ratios. Absolute figures of a shared machine are noisy. Compare the ratios.

const { values: options } = parseArgs({
  options: {
    suite: { type: 'string', default: 'reading,ingesting,asking,synthesis' },
    events: { type: 'string', default: '400000' },
    rounds: { type: 'string', default: '5' },
    only: { type: 'string' },
    memory: { type: 'string', default: '100000,2000000' },
    growth: { type: 'string', default: '' },
    sizes: { type: 'string', default: '1000000,10000000' },
    rerun: { type: 'string', default: '10000' },
    json: { type: 'boolean', default: false },
  },
});

const verdict = (met: boolean) => (met ? 'met' : 'missed');

function readingTable(results: readonly ReadingResult[]): string {
  const table = new Table({
    head: ['reading', 'events/s', 'ratio', 'target', 'peak MiB'],
    colAligns: ['left', 'right', 'right', 'right', 'right'],
    style: { head: [], border: [], compact: true },
  });
  for (const { name, eventsPerSecond, ofBaseline, target, peakMebibytes } of results) {
    const result = target === undefined ? '' : `${target.toFixed(2)} ${verdict(ofBaseline >= target)}`;
    table.push([name, eventsPerSecond.toLocaleString('en-US'), ofBaseline.toFixed(2), result, peakMebibytes]);
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
    head: ['ingesting', 'events/s', 'ratio', 'target', 'peak MiB', 'file MiB'],
    colAligns: ['left', 'right', 'right', 'right', 'right', 'right'],
    style: { head: [], border: [], compact: true },
  });
  for (const { name, eventsPerSecond, ofExplicit, target, peakMebibytes, fileMebibytes } of results) {
    table.push([
      name,
      eventsPerSecond.toLocaleString('en-US'),
      ofExplicit.toFixed(2),
      target === undefined ? '' : `${target.toFixed(2)} ${verdict(ofExplicit >= target)}`,
      peakMebibytes,
      fileMebibytes,
    ]);
  }
  return table.toString();
}

function rerunLine({ where, objects, seconds, listSeconds, ofListing }: RerunResult): string {
  return (
    `ingest without new objects, ${objects.toLocaleString('en-US')} in ${where}: ${seconds.toFixed(2)} s, ` +
    `plain listing ${listSeconds.toFixed(2)} s, ratio ${ofListing.toFixed(2)}, target 3.00 ${verdict(ofListing <= 3)}\n`
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

async function benchAsking() {
  buildCommand();
  const [events, rounds] = [Number(options.events), Number(options.rounds)];
  const [small, large] = options.growth.split(',').map(Number);
  return {
    asking: measureAsking(events, rounds),
    trace: await measureTrace(events, rounds),
    growth: small && large ? measureGrowth([small, large], rounds) : [],
  };
}

function askingTable(results: readonly AskingResult[]): string {
  const table = new Table({
    head: ['asking', 'archive s', 'objects s', 'ratio'],
    colAligns: ['left', 'right', 'right', 'right'],
    style: { head: [], border: [], compact: true },
  });
  for (const { question, seconds, objectSeconds, ofArchive } of results)
    table.push([question, seconds.toFixed(2), objectSeconds.toFixed(2), ofArchive.toFixed(0)]);
  return table.toString();
}

function growthTable(results: readonly GrowthResult[]): string {
  const table = new Table({
    head: ['growth', 'small s', 'large s', 'ratio'],
    colAligns: ['left', 'right', 'right', 'right'],
    style: { head: [], border: [], compact: true },
  });
  for (const { question, seconds, growth } of results)
    table.push([question, ...seconds.map((time) => time.toFixed(2)), growth.toFixed(1)]);
  return table.toString();
}

function traceLine({ seconds, scanSeconds, ofScan }: TraceResult): string {
  return (
    `trace of a message: ${seconds.toFixed(3)} s, full scan with one thread ` +
    `${scanSeconds.toFixed(2)} s, ratio ${ofScan.toFixed(3)}, target 0.050 ${verdict(ofScan <= 0.05)}\n`
  );
}

function writeAsking({ asking, trace, growth }: Awaited<ReturnType<typeof benchAsking>>): void {
  const middle = median(asking.map(({ ofArchive }) => ofArchive));
  process.stdout.write(
    `${options.events} events\n${askingTable(asking)}\nmedian ratio ${middle.toFixed(0)}, target 30 ${verdict(middle >= 30)}\n${traceLine(trace)}`,
  );
  const [slowest] = growth.toSorted((one, other) => other.seconds[1] - one.seconds[1]);
  if (slowest === undefined) return;
  process.stdout.write(
    `${options.growth} events\n${growthTable(growth)}\nslowest on the larger archive: ${slowest.question}, ratio ${slowest.growth.toFixed(1)}, target 12.0 ${verdict(slowest.growth <= 12)}\n`,
  );
}

function benchSizes() {
  buildCommand();
  const [small = Number.NaN, large = Number.NaN] = options.sizes.split(',').map(Number);
  return measureSizes([small, large]);
}

function writeSynthesis({ seconds, emptySeconds, ofEmpty, target }: SynthesisResult): void {
  process.stdout.write(
    `synthesis: tsx main.ts ${seconds.toFixed(2)} s, empty app with the same libraries ${emptySeconds.toFixed(2)} s, ` +
      `ratio ${ofEmpty.toFixed(2)}, target ${target.toFixed(2)} ${verdict(ofEmpty <= target)}\n`,
  );
}

async function main(): Promise<void> {
  const suites = options.suite.split(',');
  const reading = suites.includes('reading') ? benchReading() : undefined;
  const ingesting = suites.includes('ingesting') ? await benchIngesting() : undefined;
  const asking = suites.includes('asking') ? await benchAsking() : undefined;
  const sizes = suites.includes('sizes') ? benchSizes() : undefined;
  const synthesis = suites.includes('synthesis') ? measureSynthesis(Number(options.rounds)) : undefined;
  if (options.json) {
    process.stdout.write(
      `${JSON.stringify({ node: process.version, cpus: cpus().length, ...reading, ...ingesting, ...asking, sizes, synthesis })}\n`,
    );
    return;
  }
  process.stdout.write(`Node ${process.version}, ${cpus().length} processors\n`);
  if (reading !== undefined) writeReading(reading);
  if (ingesting !== undefined) writeIngesting(ingesting);
  if (asking !== undefined) writeAsking(asking);
  if (sizes !== undefined) process.stdout.write(sizesText(sizes));
  if (synthesis !== undefined) writeSynthesis(synthesis);
}

void main();
