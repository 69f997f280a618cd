import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { duckdb } from '../consumer/archive/dialects/duckdb';
import { readArchive } from '../consumer/archive/file/read-archive';
import { createViews } from '../consumer/queries/engines/duckdb-engine';
import { questionSql, questions } from '../consumer/queries/questions/question';
import { benchArchive, dataFolder } from './archive';
import { compileContenders, median } from './run';

const command = join(__dirname, '..', 'bin', 'ses-events.js');

/** How long a question takes over an archive, and over the objects themselves. */
interface AskingResult {
  question: string;
  seconds: number;
  objectSeconds: number;
  /** Median over the rounds of how many times longer the objects take. */
  ofArchive: number;
}

/** How a question grows with the archive. */
interface GrowthResult {
  question: string;
  /** Seconds over the smaller and the larger archive. */
  seconds: readonly [small: number, large: number];
  growth: number;
}

/** How long the life of a message takes, against reading everything. */
interface TraceResult {
  seconds: number;
  scanSeconds: number;
  ofScan: number;
}

/** Makes an archive of the benchmark's objects with this code. */
function askedArchive(events: number): string {
  const archive = join(dataFolder, `asked-${events}.duckdb`);
  for (const path of [archive, `${archive}.wal`]) rmSync(path, { force: true });
  const source = join(benchArchive(events), 'events');
  execFileSync(process.execPath, [command, 'ingest', source, '--archive', archive, '--allow-rejects'], {
    stdio: ['ignore', 'ignore', 'ignore'],
  });
  return archive;
}

/** The seconds that a contender prints. */
function seconds(script: string, ...args: string[]): number {
  const stdout = execFileSync(process.execPath, [script, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return (JSON.parse(stdout) as { seconds: number }).seconds; // what they print
}

/** A query in a file, as a contender wants it. */
function sqlFile(name: string, sql: string): string {
  const file = join(dataFolder, `${name}.sql`);
  writeFileSync(file, sql);
  return file;
}

/** The views over an archive, in a file. */
const viewsFile = () => sqlFile('views', createViews);

const asked = () =>
  questions().map((question) => [question.name, questionSql(question, {}, duckdb)] as const);

/** Every question over an archive and over the gzip objects it was made of, in turn. */
function measureAsking(events: number, rounds: number): AskingResult[] {
  compileContenders('ingest'); // the peer's schema is the one that it ingests with
  const scripts = compileContenders('ask', { bundle: true });
  const archive = askedArchive(events);
  const objects = `${join(benchArchive(events), 'events')}/**/*.gz`;
  const results = asked().map(([question, sql]) => {
    const file = sqlFile(question, sql);
    const own: number[] = [];
    const peer: number[] = [];
    for (let round = 0; round < rounds; round++) {
      process.stderr.write(`round ${round + 1} of ${rounds}: ${question}\n`);
      peer.push(seconds(join(scripts, 'objects.js'), objects, viewsFile(), file));
      own.push(seconds(join(scripts, 'archive.js'), archive, viewsFile(), file));
    }
    const ratios = own.map((time, round) => (peer[round] ?? Number.NaN) / time);
    return { question, seconds: median(own), objectSeconds: median(peer), ofArchive: median(ratios) };
  });
  rmSync(archive);
  return results;
}

/** Every question over a small and over a large archive. */
function measureGrowth([small, large]: readonly [number, number], rounds: number): GrowthResult[] {
  const script = join(compileContenders('ask', { bundle: true }), 'archive.js');
  const archives = [askedArchive(small), askedArchive(large)] as const;
  const results = asked().map(([question, sql]) => {
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

/** The life of one message against reading all columns of all events with one thread. */
async function measureTrace(events: number, rounds: number): Promise<TraceResult> {
  const scripts = compileContenders('ask', { bundle: true });
  const archive = askedArchive(events);
  const [row] = await readArchive(archive, {}, (database) =>
    database.rows<{ message_id: string }>('SELECT max(message_id) AS message_id FROM event_rows'),
  );
  const messageId = row?.message_id ?? '';
  const own: number[] = [];
  const full: number[] = [];
  for (let round = 0; round < rounds; round++) {
    own.push(seconds(join(scripts, 'trace.js'), archive, messageId));
    full.push(seconds(join(scripts, 'scan.js'), archive));
  }
  rmSync(archive);
  const ratios = own.map((time, round) => time / (full[round] ?? Number.NaN));
  return { seconds: median(own), scanSeconds: median(full), ofScan: median(ratios) };
}

export { type AskingResult, type GrowthResult, measureAsking, measureGrowth, measureTrace, type TraceResult };
