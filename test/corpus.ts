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

// npm run corpus -- DIR: parses every file of a folder of records, one kind a subfolder, and prints kind by
// kind what parsed and what was set aside and why. With a manifest.json in it, every file that the manifest
// calls complete has to parse to the kind that its subfolder names; otherwise the exit code is 1.

type Manifest = Record<string, { shape: string; provenance: string }>;

interface FileResult {
  file: string;
  outcomes: Outcome[];
  /** Whether every byte and record of the file is accounted for. */
  adds: boolean;
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
    if (dirname(file) === '.') continue; // the manifest and its like
    const reader = new ObjectReader(object.uri);
    const outcomes: Outcome[] = [];
    for await (const batch of readObject(reader, openObject(object))) outcomes.push(...batch);
    results.push({ file, outcomes, adds: recordCount(reader.counts) === outcomes.length });
  }
  return results;
}

function readManifest(directory: string): Manifest {
  const path = join(directory, 'manifest.json');
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Manifest) : {}; // its documented shape
}

/** What is wrong with how a file was read; undefined when nothing is. */
function fault({ file, outcomes, adds }: FileResult, manifest: Manifest): string | undefined {
  if (!adds) return 'the counts do not add up';
  if (outcomes.length === 0) return 'nothing became of it';
  const kind = kindOfFolder.get(dirname(file).replace(/^legacy-/, ''));
  if (manifest[file]?.shape !== 'complete' || kind === undefined) return undefined;
  const parsed = outcomes.every((outcome) => outcome.outcome === 'event' && outcome.event.eventType === kind);
  return parsed ? undefined : `complete, but not read as ${kind}`;
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
  return [...counts].map(([what, count]) => `${count} × ${what}`).join('\n');
}

async function main(directory: string | undefined): Promise<void> {
  if (directory === undefined) {
    process.stderr.write('name a folder with a subfolder for each kind: npm run corpus -- DIR\n');
    process.exitCode = 2;
    return;
  }
  const results = await readFileOutcomes(directory);
  const manifest = readManifest(directory);
  const table = new Table({
    head: ['folder', 'files', 'read as'],
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
    `${basename(directory)}: ${results.length} files, ${complete} complete, ${faults.length} faults\n`,
  );
  if (results.length === 0) process.stderr.write('no records: the folder needs a subfolder for each kind\n');
  if (faults.length > 0 || results.length === 0) process.exitCode = 1;
}

function groupByFolder(results: readonly FileResult[]): Map<string, FileResult[]> {
  const folders = new Map<string, FileResult[]>();
  for (const result of results)
    folders.set(dirname(result.file), [...(folders.get(dirname(result.file)) ?? []), result]);
  return folders;
}

void main(process.argv[2]);
