import { existsSync, realpathSync } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { IgnoreReason } from '../store/ledger';
import { fileMark, readOutputs } from '../store/outputs';

/** The ends of the names of an archive's companion files: its log, and temporary files of commands. */
const companion =
  /\.(?:wal|outputs|(?:staging|compacting|upgrading|(?:reading|spilled)-\w{6})(?:[\\/].*)?|[0-9a-f]{8}\.new(?:\.wal)?)$/s;

/** The end of the name of an incomplete output. */
const unfinished = /\.\d+\.(?:partial|replaced)(?:[\\/].*)?$/s;

const magics: readonly (readonly [offset: number, text: string])[] = [
  [8, 'DUCK'],
  [0, 'PAR1'],
];

/**
 * Whether a file is a DuckDB database or a Parquet file. Both can contain complete records, but they are not delivered
 * objects.
 */
async function isDatabase(path: string): Promise<boolean> {
  const file = await open(path).catch(() => undefined); // reading it reports the error
  if (file === undefined) return false;
  try {
    const { buffer } = await file.read(Buffer.alloc(12), 0, 12, 0);
    return magics.some(([offset, text]) => buffer.toString('latin1', offset, offset + text.length) === text);
  } finally {
    await file.close();
  }
}

/** Distinguishes an archive's own files, and files that were written from it, from delivered objects. */
class OwnFiles {
  private readonly archives: ReadonlySet<string>;
  private readonly outputs: ReadonlySet<string>;

  constructor(archive: string) {
    const path = resolve(archive);
    this.archives = new Set([path, existsSync(path) ? realpathSync(path) : path]);
    this.outputs = new Set(readOutputs(archive));
  }

  /** Whether a file is the archive or one of its companions. They are never read, even if they are named. */
  isArchive(path: string): boolean {
    return this.archives.has(path) || this.archives.has(path.replace(companion, ''));
  }

  /** The reason for ignoring a file in a folder without reading it; undefined for a file to read. */
  async reasonToIgnore(path: string): Promise<IgnoreReason | undefined> {
    if (unfinished.test(path)) return 'export';
    if (await isDatabase(path.replace(companion, ''))) return 'database';
    if (this.outputs.size === 0) return undefined;
    const status = await stat(path, { bigint: true }).catch(() => undefined); // reading it reports the error
    return status !== undefined && this.outputs.has(fileMark(status)) ? 'export' : undefined;
  }
}

export { OwnFiles };
