import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, sqlText } from './database';
import { type OpenArchiveOptions, openDatabase } from './open';

/** Milliseconds between two attempts to end the query under way. */
const interruptInterval = 100;

/** How to read an archive. */
interface ReadArchiveOptions extends Pick<OpenArchiveOptions, 'wait' | 'onWait'> {
  /** Ends the query under way, which fails then. */
  signal?: AbortSignal | undefined;
}

/**
 * Opens an archive for reading and closes it when the work is done. What the engine does not keep in memory,
 * as when it sorts, goes to a folder of its own below the system's temporary one (TMPDIR), which nobody else
 * may read and which is removed at the end.
 *
 * @throws {ArchiveError} when the archive cannot be opened
 */
async function readArchive<Result>(
  path: string,
  { signal, ...options }: ReadArchiveOptions,
  work: (database: Database) => Promise<Result>,
): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'ses-events-'));
  let database: Database | undefined;
  // Again and again: a statement that begins just behind the first time would not notice.
  let interrupting: NodeJS.Timeout | undefined;
  const interrupt = () => {
    database?.interrupt();
    interrupting = setInterval(() => database?.interrupt(), interruptInterval);
  };
  signal?.addEventListener('abort', interrupt);
  if (signal?.aborted === true) interrupt();
  try {
    database = await openDatabase(path, { ...options, readOnly: true });
    await database.run(`SET temp_directory = ${sqlText(join(folder, 'spilled'))}`);
    return await work(database);
  } finally {
    signal?.removeEventListener('abort', interrupt);
    clearInterval(interrupting);
    database?.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

export { type ReadArchiveOptions, readArchive };
