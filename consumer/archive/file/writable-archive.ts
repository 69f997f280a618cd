import { existsSync } from 'node:fs';
import { ArchiveError, ArchiveHeldError } from '../store/archive-error';
import type { Database } from '../store/database';
import { completeCompaction } from './compact';
import { type OpenArchiveOptions, openDatabase } from './open';
import { outOfSpace } from './out-of-space';

/** How to get an archive to write in. */
interface WritableArchiveOptions extends Pick<OpenArchiveOptions, 'wait' | 'onWait' | 'signal'> {
  /** The archive's file; made when it is not there. */
  archive: string;
  /**
   * Whether to wait for an archive that another process holds until it is free, or the signal ends the waiting.
   * @default false
   */
  isPatient?: boolean | undefined;
}

/** How to get an archive that has to be there. */
interface ExistingArchiveOptions extends Omit<WritableArchiveOptions, 'isPatient'> {
  /**
   * Whether to open the archive only for reading.
   * @default false
   */
  dryRun?: boolean | undefined;
}

type Work<Result> = (database: Database) => Promise<Result>;

/** Milliseconds: how long a patient attempt takes before the signal is looked at again. */
const patientWait = 1_000;

/** Opens the archive, once a compaction that was cut off is complete. */
async function openForWriting(archive: string, options: OpenArchiveOptions): Promise<Database> {
  await completeCompaction(archive, options);
  return openDatabase(archive, options);
}

/** Opens the archive however long another process holds it; undefined when the signal ends the waiting. */
async function openPatiently(options: WritableArchiveOptions): Promise<Database | undefined> {
  const { archive, onWait, signal } = options;
  let told = false;
  do {
    try {
      return await openForWriting(archive, { wait: patientWait });
    } catch (error) {
      if (!(error instanceof ArchiveHeldError)) throw error;
      if (!told) onWait?.(`waiting for process ${error.holder}, which holds ${archive}`);
      told = true;
    }
  } while (signal?.aborted !== true);
  return undefined;
}

/** Does the work, closes the archive and explains a full disk. */
async function closingBehind<Result>(
  archive: string,
  database: Database,
  work: Work<Result>,
): Promise<Result> {
  try {
    return await work(database);
  } catch (error) {
    throw error instanceof ArchiveError ? error : (outOfSpace(archive, error) ?? error);
  } finally {
    database.close();
  }
}

/**
 * Opens the archive for a piece of work and closes it afterwards, so that others can open it. A compaction that was
 * cut off is completed first. Only a patient wait looks at the signal.
 *
 * @returns the result of the work; undefined when the signal ended a patient wait for the archive
 * @throws {ArchiveError} when the archive cannot be opened, or has no room to grow
 */
async function withWritableArchive<Result>(
  options: WritableArchiveOptions & { isPatient?: false | undefined },
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
  const { archive, wait, onWait, isPatient = false } = options;
  const database = await (isPatient ? openPatiently(options) : openForWriting(archive, { wait, onWait }));
  return database && closingBehind(archive, database, work);
}

/**
 * Opens an archive that has to be there, for a piece of work that deletes and compacts; a missing one has nothing to
 * delete. Closes it afterwards.
 *
 * @throws {ArchiveError} when the archive is missing or cannot be opened, or has no room to grow
 */
async function withExistingArchive<Result>(
  { archive, wait, onWait, signal, dryRun = false }: ExistingArchiveOptions,
  work: Work<Result>,
): Promise<Result> {
  // Opened for reading, a missing file is not made.
  const readOnly = dryRun || !existsSync(archive);
  return closingBehind(archive, await openDatabase(archive, { wait, onWait, signal, readOnly }), work);
}

export { withExistingArchive, withWritableArchive };
