import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Table from 'cli-table3';
import { benchArchive, dataFolder } from './archive';
import { compileCandidates, median } from './run';

const command = join(__dirname, '..', 'bin', 'ses-events.js');
const output = join(dataFolder, 'written');

/** What a process used, including its start. */
interface Used {
  seconds: number;
  processorSeconds: number;
  peakMebibytes: number;
}

/** A command, and what DuckDB does alone for the same rows. */
interface Writer {
  name: string;
  args: readonly string[];
  copy: readonly [query: string, format: string];
}

/** The medians of a command and of DuckDB at a size. */
interface WritingResult extends Used {
  name: string;
  events: number;
  copy: Used;
  /** Median over the rounds of the ratio of processor seconds: the command to DuckDB. */
  ofCopy: number;
}

/** The export of long events that were ingested out of order. */
interface LongResult extends Used {
  events: number;
}

const ordered = 'SELECT * FROM events ORDER BY event_time NULLS LAST, event_id';
const all = 'FROM events';
const ndjson = ['export', '--format', 'ndjson'];

const writers: readonly Writer[] = [
  { name: 'export csv', args: ['export', '--format', 'csv'], copy: [ordered, 'csv'] },
  { name: 'export ndjson', args: ndjson, copy: [ordered, 'json'] },
  { name: 'export ndjson --raw', args: [...ndjson, '--raw'], copy: [ordered, 'json'] },
  { name: 'query csv', args: ['query', all, '--format', 'csv'], copy: [all, 'csv'] },
  { name: 'query json', args: ['query', all, '--format', 'json'], copy: [all, 'json, ARRAY true'] },
  { name: 'query ndjson', args: ['query', all, '--format', 'ndjson'], copy: [all, 'json'] },
  {
    name: 'query parquet',
    args: ['query', all, '--format', 'parquet'],
    copy: [all, 'parquet, COMPRESSION zstd'],
  },
];

/** Runs a script with a preloaded file that reports what it used. */
function use(preload: string, ...args: string[]): Used {
  rmSync(output, { force: true });
  const file = join(dataFolder, 'used');
  const started = process.hrtime.bigint();
  execFileSync(process.execPath, ['--require', preload, ...args], {
    stdio: ['ignore', 'ignore', 'ignore'],
    env: { ...process.env, USED_FILE: file },
  });
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  const used = JSON.parse(readFileSync(file, 'utf8')) as Omit<Used, 'seconds'>; // written by the preloaded file
  return { seconds, ...used };
}

function medians(runs: readonly Used[]): Used {
  const of = (key: keyof Used) => median(runs.map((run) => run[key]));
  return {
    seconds: of('seconds'),
    processorSeconds: of('processorSeconds'),
    peakMebibytes: of('peakMebibytes'),
  };
}

/** Creates an archive from objects. */
function ingest(objects: string, name: string): string {
  const archive = join(dataFolder, name);
  for (const path of [archive, `${archive}.wal`]) rmSync(path, { force: true });
  execFileSync(process.execPath, [command, 'ingest', objects, '--archive', archive, '--allow-rejects'], {
    stdio: ['ignore', 'ignore', 'ignore'],
  });
  return archive;
}

/** Measures each way of writing and DuckDB, alternating, at each size. */
function measureWriting(sizes: readonly number[], rounds: number): WritingResult[] {
  const scripts = compileCandidates('write');
  const preload = join(scripts, 'used.js');
  return sizes.flatMap((events) => {
    const archive = ingest(join(benchArchive(events), 'events'), `written-${events}.duckdb`);
    const results = writers.map(({ name, args, copy: [query, format] }) => {
      const [runs, copies]: [Used[], Used[]] = [[], []];
      for (let round = 0; round < rounds; round++) {
        process.stderr.write(`round ${round + 1} of ${rounds}: ${name}, ${events} events\n`);
        runs.push(use(preload, command, ...args, '--archive', archive, '--output', output));
        copies.push(use(preload, join(scripts, 'copy.js'), archive, query, output, format));
      }
      const ratios = runs.map(
        (run, round) => run.processorSeconds / (copies[round]?.processorSeconds ?? Number.NaN),
      );
      return { name, events, ...medians(runs), copy: medians(copies), ofCopy: median(ratios) };
    });
    for (const path of [archive, output]) rmSync(path, { force: true });
    return results;
  });
}

/** Writes an object with events of 140 KB whose times are in another order. */
function longObjects(events: number): string {
  const folder = join(dataFolder, `long-${events}`);
  if (existsSync(folder)) return folder;
  mkdirSync(folder);
  const lines = Array.from({ length: events }, (_, index) => {
    let value = '';
    for (let part = index + 1; value.length < 140_000; part = (part * 48_271) % 0x7fffffff)
      value += part.toString(36);
    const timestamp = new Date(Date.UTC(2026, 2, 4) + ((index * 7_919) % 100_003)).toISOString();
    const mail = { timestamp, messageId: String(index), headers: [{ name: 'X-Long', value }] };
    return `${JSON.stringify({ eventType: 'Send', mail, send: {} })}\n`;
  });
  for (let first = 0; first < events; first += 1000)
    writeFileSync(join(folder, `part-${first}.json`), lines.slice(first, first + 1000).join(''));
  return folder;
}

/** Measures the export of long events at each number of them. */
function measureLongEvents(sizes: readonly number[]): LongResult[] {
  const preload = join(compileCandidates('write'), 'used.js');
  return sizes.map((events) => {
    const archive = ingest(longObjects(events), `long-${events}.duckdb`);
    const used = use(preload, command, ...ndjson, '--archive', archive, '--output', output);
    for (const path of [archive, output]) rmSync(path, { force: true });
    return { events, ...used };
  });
}

/** Formats the results of the ways of writing. */
function writingText(results: readonly WritingResult[]): string {
  const table = new Table({
    head: ['writing', 'events', 's', 'processor s', 'COPY s', 'processor s', 'ratio', 'target', 'peak MiB'],
    colAligns: ['left', ...new Array<'right'>(8).fill('right')],
    style: { head: [], border: [], compact: true },
  });
  for (const { name, events, seconds, processorSeconds, copy, ofCopy, peakMebibytes } of results) {
    const times = [seconds, processorSeconds, copy.seconds, copy.processorSeconds].map((time) =>
      time.toFixed(1),
    );
    const target = `1.20 ${ofCopy <= 1.2 ? 'met' : 'missed'}`;
    table.push([name, events.toLocaleString('en-US'), ...times, ofCopy.toFixed(2), target, peakMebibytes]);
  }
  return `${table.toString()}\n`;
}

/** Formats the results of the export of long events, one line each. */
function longEventsText(results: readonly LongResult[]): string {
  return results
    .map(
      ({ events, seconds, peakMebibytes }) =>
        `export of ${events.toLocaleString('en-US')} events of 140 KB, ingested out of order: ${seconds.toFixed(1)} s, peak ${peakMebibytes} MiB\n`,
    )
    .join('');
}

export { ingest, longEventsText, measureLongEvents, measureWriting, medians, type Used, use, writingText };
