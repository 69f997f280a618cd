import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Table from 'cli-table3';
import { questions } from '../consumer/queries/questions/question';
import { benchArchive, dataFolder } from './archive';
import { type ProcessRun, runProcess } from './ingesting';
import { compileCandidates, median } from './run';

const command = join(__dirname, '..', 'bin', 'ses-events.js');

/** The cost of one task on archives of two sizes. */
interface TaskResult {
  task: string;
  small: ProcessRun;
  large: ProcessRun;
}

interface SizesResult {
  events: readonly [small: number, large: number];
  tasks: readonly TaskResult[];
  /** Size of the archive, in MiB. */
  file: readonly [small: number, large: number];
}

/** Events of the objects that are added to a full archive. */
const addedEvents = 10_000;

/** Returns a recipient of the archive. */
function recipientOf(archive: string): string {
  const sql = 'SELECT max(destination[1]) AS recipient FROM events';
  const json = execFileSync(
    process.execPath,
    [command, 'query', sql, '--archive', archive, '--format', 'ndjson'],
    {
      encoding: 'utf8',
    },
  );
  return (JSON.parse(json) as { recipient: string }).recipient; // the column of the query
}

/** Runs every task on an archive of one size, in the order of an archive's life. */
function measureSize(events: number): { tasks: Record<string, ProcessRun>; fileMebibytes: number } {
  const preload = join(compileCandidates('ingest'), 'peak-memory.js');
  const scratch = mkdtempSync(join(dataFolder, 'size-'));
  const archive = join(scratch, 'archive.duckdb');
  const source = join(benchArchive(events), 'events');
  const added = join(benchArchive(addedEvents, 2), 'events');
  const run = (task: string, ...args: string[]): ProcessRun => {
    process.stderr.write(`${events} events: ${task}\n`);
    return runProcess([command, ...args, '--archive', archive], preload);
  };
  const tasks: Record<string, ProcessRun> = {};
  tasks['ingest of all objects'] = run('ingest', 'ingest', source);
  const fileMebibytes = Math.round(statSync(archive).size / 2 ** 20);
  tasks[`ingest of ${addedEvents.toLocaleString('en-US')} more events`] = run('more', 'ingest', added);
  const answers = questions().map(({ name }) => ({ name, ...run(`ask ${name}`, 'ask', name) }));
  const [slowest] = answers.toSorted((one, other) => other.seconds - one.seconds);
  const peakMebibytes = Math.max(...answers.map((answer) => answer.peakMebibytes));
  tasks['ask, median of all questions'] = {
    seconds: median(answers.map(({ seconds }) => seconds)),
    peakMebibytes,
  };
  if (slowest !== undefined) tasks['ask, the slowest question'] = slowest;
  const output = join(scratch, 'events.csv');
  tasks['export of all events, CSV'] = run('export', 'export', '--format', 'csv', '--output', output);
  rmSync(output);
  tasks['forget of one person'] = run('forget', 'forget', recipientOf(archive));
  rmSync(scratch, { recursive: true });
  return { tasks, fileMebibytes };
}

/** Measures the usual tasks on archives of two sizes, once each. */
function measureSizes([small, large]: readonly [number, number]): SizesResult {
  const [one, other] = [measureSize(small), measureSize(large)];
  const tasks = Object.entries(one.tasks).flatMap(([task, run]) => {
    const largeRun = other.tasks[task];
    return largeRun === undefined ? [] : [{ task, small: run, large: largeRun }];
  });
  return { events: [small, large], tasks, file: [one.fileMebibytes, other.fileMebibytes] };
}

/** Formats the results, and computes ten times the larger size from the growth between the two. */
function sizesText({ events: [small, large], tasks, file }: SizesResult): string {
  const count = (events: number) => events.toLocaleString('en-US');
  const steps = Math.log(large / small);
  const computed = (before: number, after: number) => after * (after / before) ** (Math.log(10) / steps);
  const table = new Table({
    head: [
      'task',
      `${count(small)} s`,
      'peak MiB',
      `${count(large)} s`,
      'peak MiB',
      `${count(10 * large)} s, computed`,
    ],
    colAligns: ['left', 'right', 'right', 'right', 'right', 'right'],
    style: { head: [], border: [], compact: true },
  });
  for (const { task, small: one, large: other } of tasks)
    table.push([
      task,
      one.seconds.toFixed(1),
      Math.round(one.peakMebibytes),
      other.seconds.toFixed(1),
      Math.round(other.peakMebibytes),
      computed(one.seconds, other.seconds).toFixed(0),
    ]);
  const [smallFile, largeFile] = file;
  return `${table.toString()}\narchive: ${count(smallFile)} and ${count(largeFile)} MiB, computed ${count(Math.round(computed(smallFile, largeFile)))} MiB\n`;
}

export { measureSizes, sizesText };
