import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { duckdb } from '../consumer/archive/dialects/duckdb';
import { readArchive } from '../consumer/archive/file/read-archive';
import { createViews } from '../consumer/queries/engines/session-views';
import { questionSql, questions } from '../consumer/queries/questions/question';
import { benchArchive, dataFolder } from './archive';
import { compileCandidates, median } from './run';

const command = join(__dirname, '..', 'bin', 'ses-events.js');

/** Time for a question on an archive, and on the objects. */
interface AskingResult {
  question: string;
  seconds: number;
  objectSeconds: number;
  /** Median over the rounds of the ratio: objects to archive. */
  ofArchive: number;
}

/** Times for a question on a smaller and a larger archive. */
interface GrowthResult {
  question: string;
  /** Seconds on the smaller and the larger archive. */
  seconds: readonly [small: number, large: number];
  growth: number;
}

/** Time for tracing a message, compared with reading all events. */
interface TraceResult {
  seconds: number;
  scanSeconds: number;
  ofScan: number;
}

/** Creates an archive from the benchmark's objects. */
function createArchive(events: number): string {
  const archive = join(dataFolder, `asked-${events}.duckdb`);
  for (const path of [archive, `${archive}.wal`]) rmSync(path, { force: true });
  const source = join(benchArchive(events), 'events');
  execFileSync(process.execPath, [command, 'ingest', source, '--archive', archive, '--allow-rejects'], {
    stdio: ['ignore', 'ignore', 'ignore'],
  });
  return archive;
}

/** Runs a candidate and returns the seconds that it prints. */
function seconds(script: string, ...args: string[]): number {
  const stdout = execFileSync(process.execPath, [script, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return (JSON.parse(stdout) as { seconds: number }).seconds; // the output of each candidate
}

/** Writes SQL to a file for a candidate. */
function sqlFile(name: string, sql: string): string {
  const file = join(dataFolder, `${name}.sql`);
  writeFileSync(file, sql);
  return file;
}

/** Writes the views to a file. */
const viewsFile = () => sqlFile('views', createViews);

const questionStatements = () =>
  questions().map((question) => [question.name, questionSql(question, {}, duckdb)] as const);

/** Measures every question on an archive and on its gzip objects, alternating. */
function measureAsking(events: number, rounds: number): AskingResult[] {
  compileCandidates('ingest'); // DuckDB alone uses the explicit schema of the ingest suite
  const scripts = compileCandidates('ask', { bundle: true });
  const archive = createArchive(events);
  const objects = `${join(benchArchive(events), 'events')}/**/*.gz`;
  const results = questionStatements().map(([question, sql]) => {
    const file = sqlFile(question, sql);
    const archiveTimes: number[] = [];
    const objectTimes: number[] = [];
    for (let round = 0; round < rounds; round++) {
      process.stderr.write(`round ${round + 1} of ${rounds}: ${question}\n`);
      objectTimes.push(seconds(join(scripts, 'objects.js'), objects, viewsFile(), file));
      archiveTimes.push(seconds(join(scripts, 'archive.js'), archive, viewsFile(), file));
    }
    const ratios = archiveTimes.map((time, round) => (objectTimes[round] ?? Number.NaN) / time);
    return {
      question,
      seconds: median(archiveTimes),
      objectSeconds: median(objectTimes),
      ofArchive: median(ratios),
    };
  });
  rmSync(archive);
  return results;
}

/** Measures every question on a small and a large archive. */
function measureGrowth([small, large]: readonly [number, number], rounds: number): GrowthResult[] {
  const script = join(compileCandidates('ask', { bundle: true }), 'archive.js');
  const archives = [createArchive(small), createArchive(large)] as const;
  const results = questionStatements().map(([question, sql]) => {
    const file = sqlFile(question, sql);
    const runs = archives.map(() => [] as number[]);
    for (let round = 0; round < rounds; round++) {
      process.stderr.write(`round ${round + 1} of ${rounds}: ${question}, ${small} and ${large} events\n`);
      archives.forEach(
        (archive, index) => void runs[index]?.push(seconds(script, archive, viewsFile(), file)),
      );
    }
    const [one = Number.NaN, other = Number.NaN] = runs.map(median);
    return { question, seconds: [one, other] as const, growth: other / one };
  });
  for (const archive of archives) rmSync(archive);
  return results;
}

/** Measures tracing one message, and reading all columns of all events with one thread. */
async function measureTrace(events: number, rounds: number): Promise<TraceResult> {
  const scripts = compileCandidates('ask', { bundle: true });
  const archive = createArchive(events);
  const [row] = await readArchive(archive, {}, (database) =>
    database.rows<{ message_id: string }>('SELECT max(message_id) AS message_id FROM event_rows'),
  );
  const messageId = row?.message_id ?? '';
  const archiveTimes: number[] = [];
  const scanTimes: number[] = [];
  for (let round = 0; round < rounds; round++) {
    archiveTimes.push(seconds(join(scripts, 'trace.js'), archive, messageId));
    scanTimes.push(seconds(join(scripts, 'scan.js'), archive));
  }
  rmSync(archive);
  const ratios = archiveTimes.map((time, round) => time / (scanTimes[round] ?? Number.NaN));
  return { seconds: median(archiveTimes), scanSeconds: median(scanTimes), ofScan: median(ratios) };
}

export { type AskingResult, type GrowthResult, measureAsking, measureGrowth, measureTrace, type TraceResult };
