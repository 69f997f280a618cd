import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import Table from 'cli-table3';
import { eventKinds } from '../consumer/events';
import { recordCount } from '../consumer/records/counts';
import { ObjectReader } from '../consumer/records/object-reader';
import type { Outcome, RejectReason, SkipReason } from '../consumer/records/outcome';
import { openObject } from '../consumer/sources/open-object';
import { openSource } from '../consumer/sources/open-source';
import { readObject } from '../consumer/sources/read-object';

// npm run corpus -- DIR: parses every file of a folder with a subfolder for each kind, and prints the number of
// events, rejects and skipped records of each subfolder. If the folder contains a manifest.json, every file with
// the shape "complete" must parse to the kind of its subfolder. Otherwise the exit code is 1.

type Manifest = Record<string, { shape: string; provenance: string }>;

interface FileResult {
  file: string;
  outcomes: Outcome[];
  /** Whether the counts match the outcomes. */
  countsMatch: boolean;
}

const kindOfFolder = new Map(
  eventKinds.map((kind) => [
    kind
      .replace(/([a-z])([A-Z])/g, '$1-$2')
      .replace(' ', '-')
      .toLowerCase(),
    kind,
  ]),
);

async function readFileOutcomes(directory: string): Promise<FileResult[]> {
  const results: FileResult[] = [];
  const source = await openSource(directory);
  for await (const object of source.objects()) {
    const file = relative(directory, object.uri);
    if (dirname(file) === '.') continue; // files at the top, such as the manifest
    const reader = new ObjectReader(object.uri);
    const outcomes: Outcome[] = [];
    for await (const batch of readObject(reader, openObject(object))) outcomes.push(...batch);
    results.push({ file, outcomes, countsMatch: recordCount(reader.counts) === outcomes.length });
  }
  return results;
}

function readManifest(directory: string): Manifest {
  const path = join(directory, 'manifest.json');
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Manifest) : {}; // its documented form
}

/** Returns the problem with a result, if there is one. */
function fault({ file, outcomes, countsMatch }: FileResult, manifest: Manifest): string | undefined {
  if (!countsMatch) return 'the counts do not match the outcomes';
  if (outcomes.length === 0) return 'no outcome';
  const kind = kindOfFolder.get(dirname(file).replace(/^legacy-/, ''));
  if (manifest[file]?.shape !== 'complete' || kind === undefined) return undefined;
  const parsed = outcomes.every((outcome) => outcome.outcome === 'event' && outcome.event.eventType === kind);
  return parsed ? undefined : `complete, but not parsed as ${kind}`;
}

function describe(outcome: Outcome): string {
  if (outcome.outcome === 'event') return outcome.event.eventType;
  const reason: RejectReason | SkipReason = outcome.reason;
  const paths = outcome.outcome === 'reject' ? outcome.issues.map((issue) => issue.path.join('.')) : [];
  return [outcome.outcome, reason, ...paths].join(' ');
}

function tally(outcomes: readonly Outcome[]): string {
  const counts = new Map<string, number>();
  for (const outcome of outcomes) counts.set(describe(outcome), (counts.get(describe(outcome)) ?? 0) + 1);
  return [...counts].map(([description, count]) => `${count} × ${description}`).join('\n');
}

async function main(directory: string | undefined): Promise<void> {
  if (directory === undefined) {
    process.stderr.write(
      'missing argument: a folder with a subfolder for each kind (npm run corpus -- DIR)\n',
    );
    process.exitCode = 2;
    return;
  }
  const results = await readFileOutcomes(directory);
  const manifest = readManifest(directory);
  const table = new Table({
    head: ['folder', 'files', 'parsed as'],
    colAligns: ['left', 'right', 'left'],
    style: { head: [], border: [], compact: true },
  });
  const folders = groupByFolder(results);
  for (const [folder, files] of folders)
    table.push([folder, files.length, tally(files.flatMap((file) => file.outcomes))]);
  process.stdout.write(`${table.toString()}\n`);
  const faults = results.flatMap((result) => fault(result, manifest)?.concat(`: ${result.file}`) ?? []);
  for (const text of faults) process.stdout.write(`${text}\n`);
  const complete = Object.values(manifest).filter(({ shape }) => shape === 'complete').length;
  process.stdout.write(
    `${basename(directory)}: ${results.length} files, ${complete} complete, ${faults.length} problems\n`,
  );
  if (results.length === 0)
    process.stderr.write('no records found: the folder requires a subfolder for each kind\n');
  if (faults.length > 0 || results.length === 0) process.exitCode = 1;
}

function groupByFolder(results: readonly FileResult[]): Map<string, FileResult[]> {
  const folders = new Map<string, FileResult[]>();
  for (const result of results)
    folders.set(dirname(result.file), [...(folders.get(dirname(result.file)) ?? []), result]);
  return folders;
}

void main(process.argv[2]);
