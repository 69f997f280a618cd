import { execFileSync } from 'node:child_process';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { measureMemory, measureReading, type ReadingResult } from './reading';

// npm run bench [-- --events 400000 --rounds 5 --only NAME --memory 100000,2000000 --json]
// Peers side by side, each run in a process of its own, alternating; medians and ratios. Figures from a
// shared machine are noisy: read the ratios.

const { values: options } = parseArgs({
  options: {
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

execFileSync('npm', ['run', '--silent', 'build'], { cwd: join(__dirname, '..'), stdio: 'inherit' });
const reading = measureReading(Number(options.events), Number(options.rounds), options.only);
const memory = options.memory === '' ? [] : measureMemory(options.memory.split(',').map(Number));
if (options.json) {
  process.stdout.write(
    `${JSON.stringify({ node: process.version, cpus: cpus().length, reading, memory })}\n`,
  );
} else {
  process.stdout.write(`Node ${process.version}, ${cpus().length} processors, ${options.events} events\n`);
  process.stdout.write(`${readingTable(reading)}\n`);
  for (const { events, peakMebibytes } of memory) {
    process.stdout.write(
      `readEvents over ${events.toLocaleString('en-US')} events: peak ${peakMebibytes} MiB\n`,
    );
  }
}
