import { existsSync, realpathSync, rmSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { sqlText } from '../dialects/literals';
import { ArchiveError, ArchiveHeldError, StagedRowsError } from '../store/archive-error';
import { Database } from '../store/database';
import { makeRoomForStoredRows, usualMemory } from '../store/engine-memory';
import { makeSpillingFolder, removeLeftFolders } from '../store/folders';
import { checkArchiveFile } from './archive-file';
import { createArchive, createTables, removeUnnamed, writtenFile } from './create';
import { bringUpToDate, removeRewritten } from './migrate';
import { outOfSpace } from './out-of-space';

/** Files that this process has open, by their real path, and how often for reading; a writer is alone. */
const open = new Map<string, 'writer' | number>();

/**
 * Notes that this process opens a file, and gives what notes that it has closed it; undefined while it has
 * the file open in a way that does not go with this one.
 *
 * DuckDB's lock is one of the process: it keeps other processes out, but neither a second writer of the
 * same process, nor does it outlive the first of two openings that ends.
 */
function hold(path: string, readOnly: boolean): (() => void) | undefined {
  const file = realpathSync(path);
  const others = open.get(file) ?? 0;
  if (others === 'writer' || (others > 0 && !readOnly)) return undefined;
  open.set(file, readOnly ? others + 1 : 'writer');
  return () => {
    const left = open.get(file);
    if (typeof left === 'number' && left > 1) open.set(file, left - 1);
    else open.delete(file);
  };
}

/** How to open an archive. */
interface OpenArchiveOptions {
  /**
   * Whether nothing is to be written; the file must exist then.
   * @default false
   */
  readOnly?: boolean | undefined;
  /**
   * Milliseconds to wait for another process that holds the file.
   * @default 10000
   */
  wait?: number | undefined;
  /** Called once when another process holds the file, with a line that says so. */
  onWait?: ((message: string) => void) | undefined;
  /** Ends the waiting for another process: its reason is thrown then. */
  signal?: AbortSignal | undefined;
}

/** Milliseconds between two attempts to get a file that another process holds. */
const retryInterval = 100;

const lockMessage = /Conflicting lock is held in .*?\(PID (\d+)\)/s;

function heldBy(path: string, holder: string): string {
  const who = holder === String(process.pid) ? `this process (${holder})` : `process ${holder}`;
  return `cannot open the archive ${path}: ${who} holds it; try again when it has ended, or stop it`;
}

/** What DuckDB says of a file that it cannot open, in our words. */
function explained(path: string, error: unknown): ArchiveError {
  const noRoom = outOfSpace(path, error);
  if (noRoom !== undefined) return noRoom;
  const text = error instanceof Error ? error.message : String(error);
  let reason = text;
  if (/not a valid DuckDB database file/.test(text))
    reason = 'it is no DuckDB file; name another one with --archive';
  else if (/WAL does not match database file/.test(text))
    reason = `the log ${path}.wal beside it is of an archive that was removed or replaced; delete the log and try again`;
  else if (/storage version|version number/i.test(text))
    reason = `it was written by a newer version of DuckDB; install a newer ses-event-archive (${text})`;
  return new ArchiveError(`cannot open the archive ${path}: ${reason}`, { cause: error });
}

/** The engine's errors of reading staged rows. They quote the row, which holds personal data. */
const rowErrors = /Original Line|CSV Error|CSV Reader|Conversion Error|Invalid Input Error/;

/** Staged rows that the engine cannot take, in our words. */
function misfit(path: string, error: unknown): StagedRowsError | undefined {
  const text = error instanceof Error ? error.message : String(error);
  if (!rowErrors.test(text)) return undefined;
  return new StagedRowsError(
    `rows that were staged for the archive ${path} do not fit its columns (${/\w+ Error/.exec(text)?.[0]})`,
  );
}

/** What an attempt to attach a file came to: the process that holds it, or that another file has its name since. */
type Attempt = 'attached' | 'replaced' | { holder: string };

/** Which file has a name at present; undefined when there is none. */
function fileNamed(path: string): string | undefined {
  const status = statSync(path, { bigint: true, throwIfNoEntry: false });
  return status && `${status.dev}:${status.ino}`;
}

/**
 * Attaches the file that has a name. `forget` gives the name to a compacted copy and lets go of the old file then:
 * who opened that one before may get its lock behind, and would read and write a file that nobody finds any more.
 */
async function tryAttach(database: Database, path: string, readOnly: boolean): Promise<Attempt> {
  const release = hold(path, readOnly);
  if (release === undefined) return { holder: String(process.pid) };
  const file = fileNamed(path);
  try {
    await database.run(`ATTACH ${sqlText(path)} AS ses_events ${readOnly ? '(READ_ONLY)' : writtenFile}`);
  } catch (error) {
    release();
    const holder = lockMessage.exec((error as Error).message)?.[1]; // DuckDB throws Errors
    if (holder !== undefined) return { holder };
    if (fileNamed(path) !== file) return 'replaced'; // the log beside it is the new one's
    throw explained(path, error);
  }
  if (fileNamed(path) !== file) {
    await database.run('DETACH ses_events');
    release();
    return 'replaced';
  }
  database.onClose(release);
  return 'attached';
}

async function attach(database: Database, path: string, options: OpenArchiveOptions): Promise<void> {
  const { readOnly = false, wait = 10_000, onWait, signal } = options;
  const until = Date.now() + wait;
  let told = false;
  while (true) {
    const attempt = await tryAttach(database, path, readOnly);
    if (attempt === 'attached') return;
    if (attempt === 'replaced') continue;
    const { holder } = attempt;
    if (Date.now() >= until) throw new ArchiveHeldError(heldBy(path, holder), holder);
    if (!told)
      onWait?.(`waiting up to ${Math.ceil(wait / 1000)} s for process ${holder}, which holds ${path}`);
    told = true;
    await sleep(retryInterval);
    signal?.throwIfAborted();
  }
}

/**
 * Has the engine put what does not fit into the memory into a folder beside the archive, which is removed when it is
 * closed. The engine cannot change to another folder once it has used one.
 */
async function spillBeside(database: Database, path: string): Promise<void> {
  const folder = makeSpillingFolder(path);
  database.onClose(() => rmSync(folder, { recursive: true, force: true }));
  await database.run(`SET temp_directory = ${sqlText(folder)}`);
}

/**
 * Opens an archive, and creates it when it is not there.
 *
 * @throws {ArchiveError} when it is missing (read-only), held by another process, no archive, or of a
 * version that this one cannot use
 */
async function openDatabase(path: string, options: OpenArchiveOptions = {}): Promise<Database> {
  const { readOnly = false } = options;
  checkArchiveFile(path, readOnly);
  const database = await Database.create({
    memory_limit: `${usualMemory}B`,
    preserve_insertion_order: 'false',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  try {
    await database.run("SET TimeZone = 'UTC'"); // otherwise now()::TIMESTAMP is the machine's local time
    if (!readOnly && !existsSync(path)) {
      await createArchive(database, path).catch((error: unknown) => {
        throw explained(path, error);
      });
    }
    await attach(database, path, options);
    database.explainWith((error) => outOfSpace(path, error) ?? misfit(path, error) ?? error);
    if (!readOnly) {
      removeUnnamed(path);
      removeLeftFolders(path);
      removeRewritten(path);
      await spillBeside(database, path);
    }
    await database.run('USE ses_events');
    const [found] = await database.rows<{ tables: bigint; ours: bigint }>(
      "SELECT count(*) AS tables, count(*) FILTER (table_name = 'archive') AS ours FROM duckdb_tables() WHERE database_name = 'ses_events'",
    );
    if (found?.tables === 0n && !readOnly) await createTables(database);
    else if (found?.ours !== 1n) {
      throw new ArchiveError(
        `${path} is a DuckDB file, but no archive of ses-events: name another one with --archive`,
      );
    } else await bringUpToDate(database, path, readOnly);
    await makeRoomForStoredRows(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

export { type OpenArchiveOptions, openDatabase, retryInterval };
