import { rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Check,
  checkAmount,
  checkArchive,
  checkFunction,
  checkOptions,
  checkSignal,
} from '../../records/check-options';
import { sqlText } from '../dialects/literals';
import type { Database } from '../store/database';
import { makeReadingFolder } from '../store/folders';
import { type OpenArchiveOptions, openDatabase } from './open';

/** Milliseconds between two attempts to interrupt the running query. */
const interruptInterval = 100;

/** Options for waiting for an archive that another process writes to, and for interrupting a query. */
interface ReadArchiveOptions extends Pick<OpenArchiveOptions, 'wait' | 'onWait'> {
  /** Interrupts the running query, which then fails. */
  signal?: AbortSignal | undefined;
}

/** Checks for the options, for callers without types. */
const readArchiveChecks: Readonly<Record<keyof ReadArchiveOptions, Check>> = {
  wait: checkAmount,
  onWait: checkFunction,
  signal: checkSignal,
};

/** An archive that is open for reading. */
interface OpenForReading {
  database: Database;
  /** Closes the archive and removes its temporary files. */
  close(): void;
}

/**
 * Opens an archive for reading. Data that does not fit into the engine's memory, such as that of a sort, goes to a
 * separate folder beside the archive. Where this process cannot write there, the folder is below TMPDIR. Only the owner
 * can read the folder. It is removed on close, or when the process exits before.
 *
 * @throws {ArchiveError} when the archive cannot be opened
 *
 * @example
 * ```ts
 * const bounces = await readArchive('ses-events.duckdb', {}, async (database) => {
 *   const ids: string[] = [];
 *   for await (const row of eventRows(database, { kinds: ['Bounce'] })) ids.push(storedEvent(row).id);
 *   return ids;
 * });
 * ```
 */
async function openForReading(
  path: string,
  { signal, ...options }: ReadArchiveOptions,
): Promise<OpenForReading> {
  let database: Database | undefined;
  let folder: string | undefined;
  const removeFolder = () => {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  };
  // Also when the process ends early: the reader of its pipe may close it, and a second Ctrl-C exits at once.
  process.once('exit', removeFolder);
  // Repeatedly: an interrupt just before a statement begins has no effect on it.
  let interrupting: NodeJS.Timeout | undefined;
  const interrupt = () => {
    database?.interrupt();
    interrupting = setInterval(() => database?.interrupt(), interruptInterval);
  };
  const close = () => {
    signal?.removeEventListener('abort', interrupt);
    clearInterval(interrupting);
    database?.close();
    process.off('exit', removeFolder);
    removeFolder();
  };
  signal?.addEventListener('abort', interrupt);
  if (signal?.aborted === true) interrupt();
  try {
    database = await openDatabase(path, { ...options, readOnly: true });
    folder = makeReadingFolder(path);
    database.temporaryFolder = folder;
    await database.run(`SET temp_directory = ${sqlText(join(folder, 'spilled'))}`);
    return { database, close };
  } catch (error) {
    close();
    throw error;
  }
}

/**
 * Opens an archive for reading and closes it after the work.
 *
 * @throws {TypeError} for an argument of another type or an unknown option
 * @throws {ArchiveError} when the archive cannot be opened
 */
async function readArchive<Result>(
  path: string,
  options: ReadArchiveOptions,
  work: (database: Database) => Promise<Result>,
): Promise<Result> {
  checkArchive('the archive', path);
  checkOptions(options, readArchiveChecks);
  checkFunction('the work', work);
  const { database, close } = await openForReading(path, options);
  try {
    return await work(database);
  } finally {
    close();
  }
}

export { openForReading, type ReadArchiveOptions, readArchive, readArchiveChecks };
