import { ArchiveHeldError } from '../store/archive-error';
import type { Database } from '../store/database';
import { completeCompaction } from './compact';
import { type OpenArchiveOptions, openDatabase } from './open';

/** How to get an archive that is opened again and again. */
interface InArchiveOptions extends Pick<OpenArchiveOptions, 'wait' | 'onWait' | 'signal'> {
  /** The archive's file. */
  archive: string;
  /**
   * Whether an archive that another process holds is waited for until it is free or the signal says stop.
   * @default false
   */
  isPatient?: boolean | undefined;
}

/** Milliseconds: how long a patient attempt takes before the signal is looked at again. */
const patientWait = 1_000;

/** Opens the archive, once a compaction that was cut off is complete. */
async function openForWriting(archive: string, options: OpenArchiveOptions): Promise<Database> {
  await completeCompaction(archive, options);
  return openDatabase(archive, options);
}

/** Opens the archive however long another process holds it; undefined when the signal ends the waiting. */
async function openPatiently({ archive, onWait, signal }: InArchiveOptions): Promise<Database | undefined> {
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

/**
 * Opens the archive for a piece of work and closes it behind it, so that others can open it in between.
 * @returns what the work gives; undefined when the signal ended the waiting for the archive
 * @throws {ArchiveError} when the archive cannot be opened
 */
async function inArchive<Result>(
  options: InArchiveOptions,
  work: (database: Database) => Promise<Result>,
): Promise<Result | undefined> {
  const { archive, wait, onWait, isPatient = false } = options;
  const database = await (isPatient ? openPatiently(options) : openForWriting(archive, { wait, onWait }));
  if (database === undefined) return undefined;
  try {
    return await work(database);
  } finally {
    database.close();
  }
}

export { type InArchiveOptions, inArchive };
