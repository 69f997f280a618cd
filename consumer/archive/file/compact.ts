import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { chmod } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { sqlText } from '../dialects/literals';
import { ArchiveError } from '../store/archive-error';
import type { Database } from '../store/database';
import { newFile } from './create';
import { type OpenArchiveOptions, openDatabase } from './open';

/**
 * The folder beside an archive for its compacted copy. While the folder exists, freed blocks of the archive's file may
 * contain deleted data, and the next `forget` or `ingest` makes the copy again.
 */
function compactionFolder(archive: string): string {
  return `${archive}.compacting`;
}

/** The archive's file itself, with links resolved. */
function fileOf(archive: string): string {
  return existsSync(archive) ? realpathSync(archive) : archive;
}

/** Marks the archive for compaction. Called before the first change, so that a crash cannot lose the mark. */
function announceCompaction(archive: string): void {
  const folder = compactionFolder(fileOf(archive));
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  flush(dirname(folder));
}

/** Flushes a file or the names in a folder to the disk. */
function flush(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/**
 * Replaces an open archive's file with a copy, in which no block contains deleted or overwritten data. Close the
 * database next: it still has the old file open, which no longer has a name.
 *
 * @throws {ArchiveError} when the copy cannot be made; the archive is unchanged
 */
async function compact(database: Database, archive: string): Promise<void> {
  const file = fileOf(archive);
  const folder = compactionFolder(file);
  const copy = join(folder, basename(file));
  rmSync(folder, { recursive: true, force: true });
  announceCompaction(file);
  try {
    await database.run('FORCE CHECKPOINT ses_events'); // a log of the old file must not remain
    if (existsSync(`${file}.wal`)) throw new Error(`its log ${file}.wal still exists`);
    await database.run(`ATTACH ${sqlText(copy)} AS compacted ${newFile}`);
    await database.run('COPY FROM DATABASE ses_events TO compacted');
    await database.run('DETACH compacted');
    await chmod(copy, statSync(file).mode);
    flush(copy);
    renameSync(copy, file);
    flush(dirname(file));
  } catch (error) {
    throw new ArchiveError(
      `the archive ${archive} was changed but not compacted, so its file still contains the deleted data: ` +
        `${(error as Error).message}; compaction requires as much free space as the file uses; run the command again`, // DuckDB and Node throw Errors
      { cause: error },
    );
  }
  rmSync(folder, { recursive: true, force: true });
}

/** Completes an interrupted compaction, if there is one. */
async function completeCompaction(archive: string, options: OpenArchiveOptions = {}): Promise<void> {
  if (!isCompactionDue(archive)) return;
  if (!existsSync(archive)) {
    rmSync(compactionFolder(fileOf(archive)), { recursive: true, force: true });
    return;
  }
  const database = await openDatabase(archive, { ...options, readOnly: false });
  try {
    // Another process may have completed it while this one waited.
    if (isCompactionDue(archive)) await compact(database, archive);
  } finally {
    database.close();
  }
}

/** Whether the archive's file may still contain deleted data. */
function isCompactionDue(archive: string): boolean {
  return existsSync(compactionFolder(fileOf(archive)));
}

export { announceCompaction, compact, completeCompaction, isCompactionDue };
