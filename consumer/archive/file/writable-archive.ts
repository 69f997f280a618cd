import { existsSync } from 'node:fs';
import { ArchiveError, ArchiveHeldError } from '../store/archive-error';
import type { Database } from '../store/database';
import { completeCompaction } from './compact';
import { type OpenArchiveOptions, openDatabase } from './open';
import { outOfSpace } from './out-of-space';

/** Options for opening an archive for writing. */
interface WritableArchiveOptions extends Pick<OpenArchiveOptions, 'wait' | 'onWait' | 'signal'> {
  /** The archive's file; created when it does not exist. */
  archive: string;
  /**
   * Whether to wait for an archive in use by another process until it is free, or the signal ends the waiting.
   * @default false
   */
  waitForever?: boolean | undefined;
}

/** Options for opening an archive that must exist. */
interface ExistingArchiveOptions extends Omit<WritableArchiveOptions, 'waitForever'> {
  /**
   * Whether to open the archive only for reading.
   * @default false
   */
  dryRun?: boolean | undefined;
}

type Work<Result> = (database: Database) => Promise<Result>;

/** Milliseconds of one attempt of an unlimited wait, before it checks the signal again. */
const retryWait = 1_000;

/** Opens the archive, after completing an interrupted compaction. */
async function openForWriting(archive: string, options: OpenArchiveOptions): Promise<Database> {
  await completeCompaction(archive, options);
  return openDatabase(archive, options);
}

/** Opens the archive and waits without limit for another process; undefined when the signal ends the waiting. */
async function openWithRetries(options: WritableArchiveOptions): Promise<Database | undefined> {
  const { archive, onWait, signal } = options;
  let hasReported = false;
  do {
    try {
      return await openForWriting(archive, { wait: retryWait });
    } catch (error) {
      if (!(error instanceof ArchiveHeldError)) throw error;
      if (!hasReported) onWait?.(`waiting for process ${error.holder}, which is using ${archive}`);
      hasReported = true;
    }
  } while (signal?.aborted !== true);
  return undefined;
}

/** Does the work, closes the archive and explains a full disk. */
async function runAndClose<Result>(archive: string, database: Database, work: Work<Result>): Promise<Result> {
  try {
    return await work(database);
  } catch (error) {
    throw error instanceof ArchiveError ? error : (outOfSpace(archive, error) ?? error);
  } finally {
    database.close();
  }
}

/**
 * Opens the archive for a task and closes it afterwards, so that others can open it. First completes an interrupted
 * compaction. Only an unlimited wait checks the signal.
 *
 * @returns the result of the work; undefined when the signal ended an unlimited wait for the archive
 * @throws {ArchiveError} when the archive cannot be opened, or has no space to grow
 */
async function withWritableArchive<Result>(
  options: WritableArchiveOptions & { waitForever?: false | undefined },
  work: Work<Result>,
): Promise<Result>;
async function withWritableArchive<Result>(
  options: WritableArchiveOptions,
  work: Work<Result>,
): Promise<Result | undefined>;
async function withWritableArchive<Result>(
  options: WritableArchiveOptions,
  work: Work<Result>,
): Promise<Result | undefined> {
  const { archive, wait, onWait, waitForever = false } = options;
  const database = await (waitForever ? openWithRetries(options) : openForWriting(archive, { wait, onWait }));
  return database && runAndClose(archive, database, work);
}

/**
 * Opens an existing archive for a task that deletes and compacts, and closes it afterwards. A missing archive has
 * nothing to delete.
 *
 * @throws {ArchiveError} when the archive is missing or cannot be opened, or has no space to grow
 */
async function withExistingArchive<Result>(
  { archive, wait, onWait, signal, dryRun = false }: ExistingArchiveOptions,
  work: Work<Result>,
): Promise<Result> {
  // Opened for reading, a missing file is not created.
  const readOnly = dryRun || !existsSync(archive);
  return runAndClose(archive, await openDatabase(archive, { wait, onWait, signal, readOnly }), work);
}

export { withExistingArchive, withWritableArchive };
