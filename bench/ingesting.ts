import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { fieldColumns } from '../consumer/archive/store/columns';
import { sampleEvents } from '../consumer/sample';
import { benchArchive, dataFolder } from './archive';
import { compileCandidates, median } from './run';

const command = join(__dirname, '..', 'bin', 'ses-events.js');

/** Measurements of a process, including its start. */
interface ProcessRun {
  seconds: number;
  peakMebibytes: number;
}

/** A command that loads a directory of objects into a file. */
interface Loader {
  name: string;
  args(objects: string, file: string): string[];
  /** Minimum of {@link IngestResult.ofExplicit}. */
  target?: number;
}

/** A row of the result. */
interface IngestResult {
  name: string;
  eventsPerSecond: number;
  /** Median over the rounds of the ratio of its speed to the speed of the explicit schema. */
  ofExplicit: number;
  /** Minimum of `ofExplicit`, if it has one. */
  target: number | undefined;
  peakMebibytes: number;
  fileMebibytes: number;
}

/** Runs a script. Accepts exit code 3, because the objects contain rejects. */
function runProcess(args: readonly string[], preload: string, env: NodeJS.ProcessEnv = {}): ProcessRun {
  const peakFile = join(dataFolder, 'peak-memory');
  const started = process.hrtime.bigint();
  try {
    execFileSync(process.execPath, ['--require', preload, ...args], {
      stdio: ['ignore', 'ignore', 'ignore'],
      env: {
        ...process.env,
        ...env,
        PEAK_MEMORY_FILE: peakFile,
        AWS_ACCESS_KEY_ID: 'bench',
        AWS_SECRET_ACCESS_KEY: 'bench',
      },
    });
  } catch (error) {
    if ((error as { status?: number }).status !== 3) throw error; // the error of execFileSync
  }
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  return { seconds, peakMebibytes: Number(readFileSync(peakFile, 'utf8')) };
}

/** Checks that the table of DuckDB has the columns of an archive. Otherwise the comparison is invalid. */
async function checkColumns(file: string): Promise<void> {
  const instance = await DuckDBInstance.create(file);
  const connection = await instance.connect();
  const reader = await connection.runAndReadAll(
    "SELECT column_name FROM duckdb_columns() WHERE table_name = 'events'",
  );
  const names = new Set(reader.getRows().map(([name]) => String(name)));
  connection.closeSync();
  instance.closeSync();
  const missing = fieldColumns.filter(({ name }) => !names.has(name));
  if (missing.length > 0)
    throw new Error(`the explicit schema has no columns ${missing.map(({ name }) => name).join(', ')}`);
}

/** Measures each loader in its own process with the same gzip objects, alternating. */
async function measureIngesting(events: number, rounds: number): Promise<IngestResult[]> {
  const objects = join(benchArchive(events), 'events');
  const scripts = compileCandidates('ingest');
  const preload = join(scripts, 'peak-memory.js');
  const gzipped = `${objects}/**/*.gz`;
  const loaders: Loader[] = [
    {
      name: 'DuckDB, explicit schema',
      args: (_, file) => [join(scripts, 'duckdb-explicit.js'), gzipped, file],
    },
    {
      name: 'ses-events ingest',
      args: (source, file) => [command, 'ingest', source, '--archive', file],
      target: 0.8,
    },
    {
      name: 'DuckDB, automatic schema',
      args: (_, file) => [join(scripts, 'duckdb-automatic.js'), gzipped, file],
    },
  ];
  const file = join(dataFolder, 'ingested.duckdb');
  const runs = loaders.map((): ProcessRun[] => []);
  const sizes = loaders.map(() => 0);
  for (let round = 0; round < rounds; round++) {
    for (const [index, { name, args }] of loaders.entries()) {
      process.stderr.write(`round ${round + 1} of ${rounds}: ${name}\n`);
      for (const path of [file, `${file}.wal`]) rmSync(path, { force: true });
      runs[index]?.push(runProcess(args(gzipped, file), preload));
      sizes[index] = statSync(file).size;
      if (round === 0 && index === 0) await checkColumns(file);
    }
  }
  rmSync(file);
  const explicit = runs[0] ?? [];
  return loaders.map(({ name, target }, index) => {
    const ownRuns = runs[index] ?? [];
    return {
      name,
      eventsPerSecond: Math.round(events / median(ownRuns.map(({ seconds }) => seconds))),
      ofExplicit: median(
        ownRuns.map(({ seconds }, round) => (explicit[round]?.seconds ?? Number.NaN) / seconds),
      ),
      target,
      peakMebibytes: Math.round(Math.max(...ownRuns.map(({ peakMebibytes }) => peakMebibytes))),
      fileMebibytes: Math.round((sizes[index] ?? Number.NaN) / 2 ** 20),
    };
  });
}

/** Returns a directory with a number of small objects. Creates it if it does not exist. */
function smallObjects(count: number): string {
  const folder = join(dataFolder, `objects-${count}`);
  if (existsSync(folder)) return folder;
  const unfinished = `${folder}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  let object = 0;
  let lines: string[] = [];
  for (const { event } of sampleEvents({ events: 2 * count, seed: 1 })) {
    lines.push(`${JSON.stringify(event)}\n`);
    if (lines.length < 2) continue;
    const hour = join(unfinished, `hour=${String(object % 24).padStart(2, '0')}`);
    mkdirSync(hour, { recursive: true });
    writeFileSync(join(hour, `object-${object++}.gz`), gzipSync(lines.join('')));
    lines = [];
  }
  renameSync(unfinished, folder);
  return folder;
}

/** Time for an ingest without new objects, compared with a plain listing. */
interface RerunResult {
  where: string;
  objects: number;
  seconds: number;
  listSeconds: number;
  ofListing: number;
}

/** Measures a second ingest, without new objects, and a plain listing: of a directory and of a bucket. */
async function measureRerun(count: number, rounds: number): Promise<RerunResult[]> {
  const scripts = compileCandidates('ingest');
  const preload = join(scripts, 'peak-memory.js');
  const folder = smallObjects(count);
  const server = spawn(process.execPath, ['--import', 'tsx', join(__dirname, 'ingest', 's3.ts'), folder], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [endpoint] = (await once(createInterface(server.stdout), 'line')) as [string]; // the output of s3.ts
  const results: RerunResult[] = [];
  try {
    for (const [where, source, list, more] of [
      ['a directory', folder, [folder], []],
      ['a bucket', 's3://bench/events/', ['bench', endpoint], ['--endpoint', endpoint]],
    ] as const) {
      const scratch = mkdtempSync(join(dataFolder, 'rerun-'));
      const ingest = [command, 'ingest', source, '--archive', join(scratch, 'archive.duckdb'), ...more];
      runProcess(ingest, preload);
      const reruns: number[] = [];
      const lists: number[] = [];
      for (let round = 0; round < rounds; round++) {
        lists.push(runProcess([join(scripts, 'list.js'), ...list], preload).seconds);
        reruns.push(runProcess(ingest, preload).seconds);
      }
      const ofListing = median(reruns.map((seconds, round) => seconds / (lists[round] ?? Number.NaN)));
      results.push({ where, objects: count, seconds: median(reruns), listSeconds: median(lists), ofListing });
      rmSync(scratch, { recursive: true });
    }
  } finally {
    server.kill();
  }
  return results;
}

/** Measures the peak memory of one ingest. */
function measureIngestMemory(events: number): { events: number; peakMebibytes: number; seconds: number } {
  const preload = join(compileCandidates('ingest'), 'peak-memory.js');
  const scratch = mkdtempSync(join(dataFolder, 'memory-'));
  const source = join(benchArchive(events), 'events');
  const run = runProcess([command, 'ingest', source, '--archive', join(scratch, 'archive.duckdb')], preload);
  rmSync(scratch, { recursive: true });
  return { events, peakMebibytes: Math.round(run.peakMebibytes), seconds: run.seconds };
}

export {
  type IngestResult,
  measureIngesting,
  measureIngestMemory,
  measureRerun,
  type ProcessRun,
  type RerunResult,
  runProcess,
};
