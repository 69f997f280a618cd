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
 * The folder beside an archive in which its compacted copy is made. While it is there, the archive's file
 * may hold freed blocks with what was deleted, and the next `forget` or `ingest` makes the copy again.
 */
function compactionFolder(archive: string): string {
  return `${archive}.compacting`;
}

/** The archive's file itself, where a link leads to it. */
function fileOf(archive: string): string {
  return existsSync(archive) ? realpathSync(archive) : archive;
}

/** Says that the archive will have to be compacted; before the first change, so that no crash forgets it. */
function announceCompaction(archive: string): void {
  const folder = compactionFolder(fileOf(archive));
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  flush(dirname(folder));
}

/** Has the disk take over a file or the names in a folder. */
function flush(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/**
 * Copies an open archive into a new file, which takes its place: what was deleted or overwritten is in no
 * block of it. The database has to be closed next; it is still the old file, which has no name any more.
 *
 * @throws {ArchiveError} when the copy cannot be made; the archive is as it was
 */
async function compact(database: Database, archive: string): Promise<void> {
  const file = fileOf(archive);
  const folder = compactionFolder(file);
  const copy = join(folder, basename(file));
  rmSync(folder, { recursive: true, force: true });
  announceCompaction(file);
  try {
    await database.run('FORCE CHECKPOINT ses_events'); // no log may be left that belongs to the old file
    if (existsSync(`${file}.wal`)) throw new Error(`its log ${file}.wal is still there`);
    await database.run(`ATTACH ${sqlText(copy)} AS compacted ${newFile}`);
    await database.run('COPY FROM DATABASE ses_events TO compacted');
    await database.run('DETACH compacted');
    await chmod(copy, statSync(file).mode);
    flush(copy);
    renameSync(copy, file);
    flush(dirname(file));
  } catch (error) {
    throw new ArchiveError(
      `the archive ${archive} is changed but could not be compacted, and its file still holds what was deleted: ` +
        `${(error as Error).message}; it needs its own size as free space; run the command again`, // DuckDB and Node throw Errors
      { cause: error },
    );
  }
  rmSync(folder, { recursive: true, force: true });
}

/** Completes a compaction that was cut off; does nothing when there was none. */
async function completeCompaction(archive: string, options: OpenArchiveOptions = {}): Promise<void> {
  if (!isCompactionDue(archive)) return;
  if (!existsSync(archive)) {
    rmSync(compactionFolder(fileOf(archive)), { recursive: true, force: true });
    return;
  }
  const database = await openDatabase(archive, { ...options, readOnly: false });
  try {
    // Another process may have done it while this one waited.
    if (isCompactionDue(archive)) await compact(database, archive);
  } finally {
    database.close();
  }
}

/** Whether the archive's file may still hold what was deleted. */
function isCompactionDue(archive: string): boolean {
  return existsSync(compactionFolder(fileOf(archive)));
}

export { announceCompaction, compact, completeCompaction, isCompactionDue };
