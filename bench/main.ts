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
import { erasureText, measureErasure } from './erasure';
import {
  type IngestResult,
  measureIngesting,
  measureIngestMemory,
  measureRerun,
  type RerunResult,
} from './ingesting';
import { longTracesText, measureLongTraces } from './long-traces';
import { lookingText, measureLooking } from './looking';
import { measureMemory, measureReading, type ReadingResult } from './reading';
import { median } from './run';
import { measureScaleGrowth } from './scale/growth';
import { measureScale } from './scale/scale';
import { scaleGrowthText, scaleText } from './scale/scale-text';
import { measureSizes, sizesText } from './sizes';
import { measureSynthesis } from './synthesis';
import { measureTombstones, tombstonesText } from './tombstones';
import { longEventsText, measureLongEvents, measureWriting, writingText } from './writing';

// npm run bench [-- --suite reading,ingesting,asking,writing,erasure,synthesis,sizes,looking,scale --events 400000 --rounds 5 --only NAME
//   --memory 100000,2000000 --rerun 10000 --growth 1000000,10000000 --sizes 1000000,10000000 --written 200000,2000000
//   --long 3000,9000 --erased 200000,1000000 --looked 10000000
//   --scale 2000000 or 1000000,10000000 for the growth --json]
// Compares alternatives: each run is a separate process, the runs alternate, and the results are medians and
// ratios. Absolute figures of a shared machine are noisy. Compare the ratios.

const { values: options } = parseArgs({
  options: {
    suite: { type: 'string', default: 'reading,ingesting,asking,writing,erasure,synthesis' },
    events: { type: 'string', default: '400000' },
    rounds: { type: 'string', default: '5' },
    only: { type: 'string' },
    memory: { type: 'string', default: '100000,2000000' },
    growth: { type: 'string', default: '' },
    sizes: { type: 'string', default: '1000000,10000000' },
    rerun: { type: 'string', default: '10000' },
    written: { type: 'string', default: '200000,2000000' },
    long: { type: 'string', default: '3000,9000' },
    erased: { type: 'string', default: '200000,1000000' },
    looked: { type: 'string', default: '10000000' },
    scale: { type: 'string', default: '2000000' },
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
  show(() => `${options.events} events\n${readingTable(reading)}\n`);
  const memory = options.memory === '' ? [] : measureMemory(options.memory.split(',').map(Number));
  for (const { events, peakMebibytes } of memory)
    show(() => `readEvents over ${events.toLocaleString('en-US')} events: peak ${peakMebibytes} MiB\n`);
  return { reading, memory };
}

function buildCommand(): void {
  execFileSync('npm', ['run', '--silent', 'build'], { cwd: join(__dirname, '..'), stdio: 'inherit' });
}

async function benchIngesting() {
  buildCommand();
  const rounds = Number(options.rounds);
  const ingesting = await measureIngesting(Number(options.events), rounds);
  show(() => `${options.events} events\n${ingestTable(ingesting)}\n`);
  const tombstones = await measureTombstones(Number(options.events), rounds);
  show(() => tombstonesText(tombstones));
  const reruns = await measureRerun(Number(options.rerun), rounds);
  show(() => reruns.map(rerunLine).join(''));
  const sizes = options.memory === '' ? [] : options.memory.split(',').map(Number);
  const ingestMemory = sizes.map(measureIngestMemory);
  for (const { events, peakMebibytes, seconds } of ingestMemory)
    show(
      () =>
        `ingest of ${events.toLocaleString('en-US')} events: peak ${peakMebibytes} MiB, ${seconds.toFixed(1)} s\n`,
    );
  return { ingesting, tombstones, reruns, ingestMemory };
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

async function benchAsking() {
  buildCommand();
  const [events, rounds] = [Number(options.events), Number(options.rounds)];
  const [small, large] = options.growth.split(',').map(Number);
  const asking = measureAsking(events, rounds);
  const middle = median(asking.map(({ ofArchive }) => ofArchive));
  show(
    () =>
      `${options.events} events\n${askingTable(asking)}\nmedian ratio ${middle.toFixed(0)}, target 30 ${verdict(middle >= 30)}\n`,
  );
  const trace = await measureTrace(events, rounds);
  show(() => traceLine(trace));
  const growth = small && large ? measureGrowth([small, large], rounds) : [];
  if (growth.length > 0) show(() => growthText(growth));
  return { asking, trace, growth };
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

function growthText(results: readonly GrowthResult[]): string {
  const table = new Table({
    head: ['growth', 'small s', 'large s', 'ratio'],
    colAligns: ['left', 'right', 'right', 'right'],
    style: { head: [], border: [], compact: true },
  });
  for (const { question, seconds, growth } of results)
    table.push([question, ...seconds.map((time) => time.toFixed(2)), growth.toFixed(1)]);
  const [slowest] = results.toSorted((one, other) => other.seconds[1] - one.seconds[1]);
  const line =
    slowest === undefined
      ? ''
      : `slowest on the larger archive: ${slowest.question}, ratio ${slowest.growth.toFixed(1)}, target 12.0 ${verdict(slowest.growth <= 12)}\n`;
  return `${options.growth} events\n${table.toString()}\n${line}`;
}

function traceLine({ seconds, scanSeconds, ofScan }: TraceResult): string {
  return (
    `trace of a message: ${seconds.toFixed(3)} s, full scan with one thread ` +
    `${scanSeconds.toFixed(2)} s, ratio ${ofScan.toFixed(3)}, target 0.050 ${verdict(ofScan <= 0.05)}\n`
  );
}

function benchSizes() {
  buildCommand();
  const [small = Number.NaN, large = Number.NaN] = options.sizes.split(',').map(Number);
  const sizes = measureSizes([small, large]);
  show(() => sizesText(sizes));
  return { sizes };
}

function benchWriting() {
  buildCommand();
  const [sizes, long] = [options.written, options.long].map((list) =>
    list.split(',').filter(Boolean).map(Number),
  );
  const writing = measureWriting(sizes ?? [], Number(options.rounds));
  show(() => writingText(writing));
  const longEvents = measureLongEvents(long ?? []);
  show(() => longEventsText(longEvents));
  const longTraces = measureLongTraces();
  show(() => longTracesText(longTraces));
  return { writing, longEvents, longTraces };
}

function benchErasure() {
  buildCommand();
  const sizes = options.erased.split(',').filter(Boolean).map(Number);
  const erasure = measureErasure(sizes, Number(options.rounds));
  show(() => erasureText(erasure));
  return { erasure };
}

async function benchLooking() {
  buildCommand();
  const looking = await measureLooking(Number(options.looked), Number(options.rounds));
  show(() => lookingText(looking));
  return { looking };
}

/** One number measures the archive against the lines; two measure the growth of the questions over the archive. */
async function benchScale() {
  const [events = Number.NaN, more] = options.scale.split(',').map(Number);
  const rounds = Number(options.rounds);
  if (more !== undefined) {
    const scaleGrowth = await measureScaleGrowth([events, more], rounds);
    show(() => scaleGrowthText(scaleGrowth));
    return { scaleGrowth };
  }
  const scale = await measureScale(events, rounds);
  show(() => scaleText(scale));
  return { scale };
}

function benchSynthesis() {
  const synthesis = measureSynthesis(Number(options.rounds));
  const { seconds, emptySeconds, ofEmpty, target } = synthesis;
  show(
    () =>
      `synthesis: tsx main.ts ${seconds.toFixed(2)} s, empty app with the same libraries ${emptySeconds.toFixed(2)} s, ` +
      `ratio ${ofEmpty.toFixed(2)}, target ${target.toFixed(2)} ${verdict(ofEmpty <= target)}\n`,
  );
  return { synthesis };
}

/** Prints results when they are known: a later measurement can fail. */
function show(text: () => string): void {
  if (!options.json) process.stdout.write(text());
}

/** The suites by name. Each measures, prints, and returns its results for `--json`. */
const suites: Readonly<Record<string, () => object | Promise<object>>> = {
  reading: benchReading,
  ingesting: benchIngesting,
  asking: benchAsking,
  writing: benchWriting,
  erasure: benchErasure,
  sizes: benchSizes,
  looking: benchLooking,
  scale: benchScale,
  synthesis: benchSynthesis,
};

async function main(): Promise<void> {
  show(() => `Node ${process.version}, ${cpus().length} processors\n`);
  const results: object[] = [];
  for (const name of options.suite.split(',')) {
    const suite = suites[name];
    if (suite === undefined) throw new Error(`${name} is not a suite: use ${Object.keys(suites).join(', ')}`);
    results.push(await suite());
  }
  if (options.json) {
    const all = Object.assign({ node: process.version, cpus: cpus().length }, ...results);
    process.stdout.write(`${JSON.stringify(all)}\n`);
  }
}

void main();
