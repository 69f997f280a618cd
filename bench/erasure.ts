import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Table from 'cli-table3';
import { benchArchive, dataFolder } from './archive';
import { compileCandidates, median } from './run';
import { recipientOf } from './sizes';
import { ingest, medians, type Used, use } from './writing';

const command = join(__dirname, '..', 'bin', 'ses-events.js');

/** The medians of a way to erase a person, and of a search of all text columns by DuckDB, at a size. */
interface ErasureResult extends Used {
  name: string;
  events: number;
  scan: Used;
  /** Median over the rounds of the ratio of seconds: the command to the search. */
  ofScan: number;
}

/** Maximum of {@link ErasureResult.ofScan}. */
const target = 3;

const ways = [
  { name: 'forget --dry-run', args: ['--dry-run'] },
  { name: 'forget', args: [] },
] as const;

/** Measures each way and DuckDB, alternating, at each size. Every run has a new copy of the archive. */
function measureErasure(sizes: readonly number[], rounds: number): ErasureResult[] {
  const preload = join(compileCandidates('write'), 'used.js');
  const scan = join(compileCandidates('erase', { bundle: true }), 'scan.js');
  return sizes.flatMap((events) => {
    const archive = ingest(join(benchArchive(events), 'events'), `erased-${events}.duckdb`);
    const copy = join(dataFolder, 'erased-copy.duckdb');
    const person = recipientOf(archive);
    const results = ways.map(({ name, args }) => {
      const [runs, scans]: [Used[], Used[]] = [[], []];
      for (let round = 0; round < rounds; round++) {
        process.stderr.write(`round ${round + 1} of ${rounds}: ${name}, ${events} events\n`);
        copyFileSync(archive, copy);
        scans.push(use(preload, scan, copy, person));
        runs.push(use(preload, command, 'forget', person, '--archive', copy, ...args));
      }
      const ratios = runs.map((run, round) => run.seconds / (scans[round]?.seconds ?? Number.NaN));
      return { name, events, ...medians(runs), scan: medians(scans), ofScan: median(ratios) };
    });
    for (const path of [archive, copy]) rmSync(path, { force: true });
    return results;
  });
}

/** Formats the results of the suite. */
function erasureText(results: readonly ErasureResult[]): string {
  const table = new Table({
    head: ['erasing', 'events', 's', 'processor s', 'scan s', 'processor s', 'ratio', 'target', 'peak MiB'],
    colAligns: ['left', ...new Array<'right'>(8).fill('right')],
    style: { head: [], border: [], compact: true },
  });
  for (const { name, events, seconds, processorSeconds, scan, ofScan, peakMebibytes } of results) {
    const times = [seconds, processorSeconds, scan.seconds, scan.processorSeconds];
    table.push([
      name,
      events.toLocaleString('en-US'),
      ...times.map((time) => time.toFixed(2)),
      ofScan.toFixed(2),
      `${target.toFixed(2)} ${ofScan <= target ? 'met' : 'missed'}`,
      peakMebibytes,
    ]);
  }
  return `${table.toString()}\n`;
}

export { erasureText, measureErasure };
