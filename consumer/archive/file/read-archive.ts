import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { sqlText } from '../dialects/literals';
import type { Database } from '../store/database';
import { makeReadingFolder } from '../store/folders';
import { type OpenArchiveOptions, openDatabase } from './open';

/** Milliseconds between two attempts to end the query under way. */
const interruptInterval = 100;

/** How long to wait for an archive that another process writes to, and what ends a query. */
interface ReadArchiveOptions extends Pick<OpenArchiveOptions, 'wait' | 'onWait'> {
  /** Ends the query under way, which fails then. */
  signal?: AbortSignal | undefined;
}

/**
 * Opens an archive for reading and closes it when the work is done. What the engine does not keep in memory,
 * as when it sorts, goes to a folder of its own beside the archive (or below TMPDIR, where it may not write there),
 * which nobody else may read and which is removed at the end, or when the process exits before.
 *
 * @throws {ArchiveError} when the archive cannot be opened
 */
async function readArchive<Result>(
  path: string,
  { signal, ...options }: ReadArchiveOptions,
  work: (database: Database) => Promise<Result>,
): Promise<Result> {
  let database: Database | undefined;
  let folder: string | undefined;
  const removeFolder = () => {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  };
  // Also where the process ends in the middle: whoever reads its pipe may go, and a second Ctrl-C waits for nothing.
  process.once('exit', removeFolder);
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
    folder = makeReadingFolder(path);
    await database.run(`SET temp_directory = ${sqlText(join(folder, 'spilled'))}`);
    return await work(database);
  } finally {
    signal?.removeEventListener('abort', interrupt);
    clearInterval(interrupting);
    database?.close();
    process.off('exit', removeFolder);
    removeFolder();
  }
}

export { type ReadArchiveOptions, readArchive };
