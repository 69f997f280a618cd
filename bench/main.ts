import { execFileSync } from 'node:child_process';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { measureMemory, measureReading, type ReadingResult } from './reading';
import { measureSynthesis, type SynthesisResult } from './synthesis';

// npm run bench [-- --suite reading,synthesis --events 400000 --rounds 5 --only NAME --memory 100000,2000000 --json]
// Peers side by side, each run in a process of its own, alternating; medians and ratios. Figures from a
// shared machine are noisy: read the ratios.

const { values: options } = parseArgs({
  options: {
    suite: { type: 'string', default: 'reading,synthesis' },
    events: { type: 'string', default: '400000' },
    rounds: { type: 'string', default: '5' },
    only: { type: 'string' },
    memory: { type: 'string', default: '100000,2000000' },
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
  execFileSync('npm', ['run', '--silent', 'build'], { cwd: join(__dirname, '..'), stdio: 'inherit' });
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

function writeSynthesis({ seconds, emptySeconds, ofEmpty, target }: SynthesisResult): void {
  process.stdout.write(
    `synthesis: tsx main.ts ${seconds.toFixed(2)} s, an empty app with the same libraries ${emptySeconds.toFixed(2)} s, ` +
      `ratio ${ofEmpty.toFixed(2)}, target ${target.toFixed(2)} ${ofEmpty <= target ? 'met' : 'NOT met'}\n`,
  );
}

const suites = options.suite.split(',');
const reading = suites.includes('reading') ? benchReading() : undefined;
const synthesis = suites.includes('synthesis') ? measureSynthesis(Number(options.rounds)) : undefined;
if (options.json) {
  process.stdout.write(
    `${JSON.stringify({ node: process.version, cpus: cpus().length, ...reading, synthesis })}\n`,
  );
} else {
  process.stdout.write(`Node ${process.version}, ${cpus().length} processors\n`);
  if (reading !== undefined) writeReading(reading);
  if (synthesis !== undefined) writeSynthesis(synthesis);
}
