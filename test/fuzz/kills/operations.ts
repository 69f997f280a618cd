import { createHash } from 'node:crypto';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { ingest } from '../../../consumer/archive/ingest/ingest';
import { sampleEvents, sampleObjects } from '../../../consumer/sample';
import { type ArchiveContents, archiveContents } from '../../archive/faults/archive-contents';
import { runCommand } from './command';

/** A command to kill. */
interface Operation {
  /** The archive before the command; absent if the command creates it. */
  base: 'complete' | 'shallow' | undefined;
  /** @param folder contains `mail.duckdb`, and the output in `out` */
  args(folder: string, objects: string): string[];
  /** Exit codes of a complete run. */
  exitCodes: readonly number[];
}

const archiveIn = (folder: string) => join(folder, 'mail.duckdb');
const outputIn = (folder: string) => join(folder, 'out', 'events');

const sample = { events: 600, seed: 4 };

/** Returns the recipient with the most events in the sample. */
function frequentRecipient(): string {
  const counts = new Map<string, number>();
  for (const { event } of sampleEvents(sample)) {
    for (const address of event.mail.destination ?? []) counts.set(address, (counts.get(address) ?? 0) + 1);
  }
  const [[address] = ['nobody@example.com']] = [...counts].sort((one, other) => other[1] - one[1]);
  return address;
}

const exported = (format: string, ...more: string[]): Operation => ({
  base: 'complete',
  args: (folder) => [
    ...['export', '--format', format, ...more, '--output', outputIn(folder)],
    ...['--archive', archiveIn(folder), '--wait', '30'],
  ],
  exitCodes: [0],
});

const operations = {
  ingest: {
    base: undefined,
    args: (folder, objects) => [
      ...['ingest', objects, '--archive', archiveIn(folder), '--wait', '30'],
      ...['--allow-rejects', '--batch-objects', '1'],
    ],
    exitCodes: [0],
  },
  forget: {
    base: 'complete',
    args: (folder) => ['forget', frequentRecipient(), '--archive', archiveIn(folder), '--wait', '30'],
    exitCodes: [0],
  },
  replay: {
    base: 'shallow',
    args: (folder) => ['rejects', '--replay', '--archive', archiveIn(folder), '--wait', '30'],
    exitCodes: [0, 3],
  },
  'export csv': exported('csv'),
  'export records': exported('ndjson', '--raw'),
  'export parquet': exported('parquet'),
} as const satisfies Readonly<Record<string, Operation>>;

type OperationName = keyof typeof operations;

/** The result and time of an uninterrupted run. */
interface Uninterrupted {
  contents: ArchiveContents;
  output: string[];
  /** Other files in the folder of the archive. */
  beside: string[];
  milliseconds: number;
}

/** The objects and the initial archives. Created once for all cases. */
class SharedFixtures {
  private readonly folder = mkdtempSync(join(tmpdir(), 'ses-events-fuzz-kills-'));
  readonly objects = join(this.folder, 'objects');
  private readonly bases = new Map<string, Promise<string>>();
  private readonly references = new Map<OperationName, Promise<Uninterrupted>>();

  constructor() {
    for (const { key, bytes } of sampleObjects({ ...sample, eventsPerObject: 40 })) {
      const path = join(this.objects, key);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, bytes);
    }
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Copies the initial archive of an operation into a folder. */
  async prepare(folder: string, name: OperationName): Promise<void> {
    emptyOutput(folder);
    const { base } = operations[name];
    if (base !== undefined) copyFileSync(await this.base(base), archiveIn(folder));
  }

  /** Returns the result of an uninterrupted run. */
  uninterrupted(name: OperationName): Promise<Uninterrupted> {
    const created = this.references.get(name) ?? this.runUninterrupted(name);
    this.references.set(name, created);
    return created;
  }

  private base(kind: 'complete' | 'shallow'): Promise<string> {
    const created = this.bases.get(kind) ?? this.createBase(kind);
    this.bases.set(kind, created);
    return created;
  }

  private async createBase(kind: 'complete' | 'shallow'): Promise<string> {
    const archive = join(this.folder, `${kind}.duckdb`);
    // With a low depth limit, many records are rejects. A replay with the usual limits recovers them.
    const limits = kind === 'shallow' ? { maxDepth: 3 } : {};
    await ingest(this.objects, { archive, limits, workers: 0, wait: 0 });
    return archive;
  }

  private async runUninterrupted(name: OperationName): Promise<Uninterrupted> {
    const folder = join(this.folder, name.replaceAll(' ', '-'));
    mkdirSync(folder);
    await this.prepare(folder, name);
    const { code, stderr, milliseconds } = await runCommand(operations[name].args(folder, this.objects));
    const { exitCodes }: Operation = operations[name];
    if (code === null || !exitCodes.includes(code))
      throw new Error(`the uninterrupted ${name} exited with ${code}: ${stderr}`);
    const contents = await archiveContents(archiveIn(folder));
    return { contents, output: outputOf(folder), beside: filesBeside(folder), milliseconds };
  }
}

/** Creates an empty folder for an output. */
function emptyOutput(folder: string): void {
  const out = dirname(outputIn(folder));
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out);
}

/** Returns the files in the folder of the archive other than the archive and the output. */
function filesBeside(folder: string): string[] {
  const expected = [archiveIn(folder), dirname(outputIn(folder))].map((path) => basename(path));
  return readdirSync(folder).filter((name) => !expected.includes(name));
}

/** Returns the output files with digests. Partial files of a killed process are excluded. */
function outputOf(folder: string): string[] {
  const out = dirname(outputIn(folder));
  return readdirSync(out, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.includes('.partial'))
    .map((path) => `${relative(out, path)} ${createHash('sha256').update(readFileSync(path)).digest('hex')}`)
    .sort();
}

export {
  archiveIn,
  emptyOutput,
  filesBeside,
  type Operation,
  type OperationName,
  operations,
  outputOf,
  SharedFixtures,
};
