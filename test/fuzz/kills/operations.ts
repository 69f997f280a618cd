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

/** What a process does to an archive when it is killed. */
interface Operation {
  /** The archive that it starts with; absent where it makes one. */
  base: 'whole' | 'shallow' | undefined;
  /** @param folder holds `mail.duckdb`, and gets the output as `out` */
  args(folder: string, objects: string): string[];
  /** Exit codes of one that has done all of it. */
  ends: readonly number[];
}

const archiveIn = (folder: string) => join(folder, 'mail.duckdb');
const outputIn = (folder: string) => join(folder, 'out', 'events');

const sample = { events: 600, seed: 4 };

/** Someone who has many of the sample's events. */
function frequentRecipient(): string {
  const counts = new Map<string, number>();
  for (const { event } of sampleEvents(sample)) {
    for (const address of event.mail.destination ?? []) counts.set(address, (counts.get(address) ?? 0) + 1);
  }
  const [[address] = ['nobody@example.com']] = [...counts].sort((one, other) => other[1] - one[1]);
  return address;
}

const exported = (format: string, ...more: string[]): Operation => ({
  base: 'whole',
  args: (folder) => [
    ...['export', '--format', format, ...more, '--output', outputIn(folder)],
    ...['--archive', archiveIn(folder), '--wait', '30'],
  ],
  ends: [0],
});

const operations = {
  ingest: {
    base: undefined,
    args: (folder, objects) => [
      ...['ingest', objects, '--archive', archiveIn(folder), '--wait', '30'],
      ...['--allow-rejects', '--batch-objects', '1'],
    ],
    ends: [0],
  },
  forget: {
    base: 'whole',
    args: (folder) => ['forget', frequentRecipient(), '--archive', archiveIn(folder), '--wait', '30'],
    ends: [0],
  },
  replay: {
    base: 'shallow',
    args: (folder) => ['rejects', '--replay', '--archive', archiveIn(folder), '--wait', '30'],
    ends: [0, 3],
  },
  'export csv': exported('csv'),
  'export records': exported('ndjson', '--raw'),
  'export parquet': exported('parquet'),
} as const satisfies Readonly<Record<string, Operation>>;

type OperationName = keyof typeof operations;

/** What an operation makes when nothing disturbs it, and how long that takes. */
interface Undisturbed {
  contents: ArchiveContents;
  output: string[];
  /** What it leaves beside the archive. */
  beside: string[];
  milliseconds: number;
}

/** The objects, and archives of them to start with; made once for all cases. */
class Ground {
  private readonly folder = mkdtempSync(join(tmpdir(), 'ses-events-fuzz-kills-'));
  readonly objects = join(this.folder, 'objects');
  private readonly bases = new Map<string, Promise<string>>();
  private readonly references = new Map<OperationName, Promise<Undisturbed>>();

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

  /** Puts what an operation starts with into a folder. */
  async prepare(folder: string, name: OperationName): Promise<void> {
    emptyOutput(folder);
    const { base } = operations[name];
    if (base !== undefined) copyFileSync(await this.base(base), archiveIn(folder));
  }

  /** What an operation makes undisturbed. */
  undisturbed(name: OperationName): Promise<Undisturbed> {
    const made = this.references.get(name) ?? this.runUndisturbed(name);
    this.references.set(name, made);
    return made;
  }

  private base(kind: 'whole' | 'shallow'): Promise<string> {
    const made = this.bases.get(kind) ?? this.makeBase(kind);
    this.bases.set(kind, made);
    return made;
  }

  private async makeBase(kind: 'whole' | 'shallow'): Promise<string> {
    const archive = join(this.folder, `${kind}.duckdb`);
    // So shallow that many records are rejects, which a replay with the usual limits makes events.
    const limits = kind === 'shallow' ? { maxDepth: 3 } : {};
    await ingest(this.objects, { archive, limits, workers: 0, wait: 0 });
    return archive;
  }

  private async runUndisturbed(name: OperationName): Promise<Undisturbed> {
    const folder = join(this.folder, name.replaceAll(' ', '-'));
    mkdirSync(folder);
    await this.prepare(folder, name);
    const { code, stderr, milliseconds } = await runCommand(operations[name].args(folder, this.objects));
    const { ends }: Operation = operations[name];
    if (code === null || !ends.includes(code))
      throw new Error(`${name}, undisturbed, ended with ${code}: ${stderr}`);
    const contents = await archiveContents(archiveIn(folder));
    return { contents, output: outputOf(folder), beside: leftBeside(folder), milliseconds };
  }
}

/** Makes room for an output, without what lies there. */
function emptyOutput(folder: string): void {
  const out = dirname(outputIn(folder));
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out);
}

/** What is left in the archive's folder beside the archive and the output. */
function leftBeside(folder: string): string[] {
  const own = [archiveIn(folder), dirname(outputIn(folder))].map((path) => basename(path));
  return readdirSync(folder).filter((name) => !own.includes(name));
}

/** The files that were written, each with a digest; those that a killed process could not remove are none. */
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
  Ground,
  leftBeside,
  type Operation,
  type OperationName,
  operations,
  outputOf,
};
