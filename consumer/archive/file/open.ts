import { existsSync, realpathSync, rmSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { sqlText } from '../dialects/literals';
import { ArchiveError, ArchiveHeldError, StagedRowsError } from '../store/archive-error';
import { Database } from '../store/database';
import { reserveMemoryForStoredRows, usualMemory } from '../store/engine-memory';
import { makeSpillingFolder, removeStaleFolders } from '../store/folders';
import { checkArchiveFile } from './archive-file';
import { createArchive, createTables, removeUnnamed, writtenFile } from './create';
import { removeRewritten, upgradeLayout } from './migrate';
import { outOfSpace } from './out-of-space';

/** Files that this process has open, by their real path, with the number of readers. A writer excludes all others. */
const open = new Map<string, 'writer' | number>();

/**
 * Registers that this process opens a file, and returns the function that registers its closing. Undefined while this
 * process has the file open in a way that excludes this one.
 *
 * DuckDB's lock is a lock of the process. It excludes other processes, but not a second writer in the same process.
 * With two openings, it ends with the first one that is closed.
 */
function lock(path: string, readOnly: boolean): (() => void) | undefined {
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

/** Options for opening an archive. */
interface OpenArchiveOptions {
  /**
   * Whether to open the archive only for reading; the file must exist then.
   * @default false
   */
  readOnly?: boolean | undefined;
  /**
   * Milliseconds to wait for another process that has the file open.
   * @default 10000
   */
  wait?: number | undefined;
  /** Called once with a message when another process has the file open. */
  onWait?: ((message: string) => void) | undefined;
  /** Ends the waiting for another process. Its reason is thrown then. */
  signal?: AbortSignal | undefined;
}

/** Milliseconds between two attempts to open a file that another process has open. An attempt takes less than one. */
const retryInterval = 25;

const lockMessage = /Conflicting lock is held in .*?\(PID (\d+)\)/s;

function inUseMessage(path: string, holder: string): string {
  const who = holder === String(process.pid) ? `this process (${holder})` : `process ${holder}`;
  return `cannot open the archive ${path}: it is in use by ${who}; try again when that process has ended, or stop it`;
}

/** Turns DuckDB's error about a file that it cannot open into an error with a remedy. */
function openError(path: string, error: unknown): ArchiveError {
  const spaceError = outOfSpace(path, error);
  if (spaceError !== undefined) return spaceError;
  const text = error instanceof Error ? error.message : String(error);
  let reason = text;
  if (/not a valid DuckDB database file/.test(text))
    reason = 'it is not a DuckDB file; choose another one with --archive';
  else if (/WAL does not match database file/.test(text))
    reason = `its log ${path}.wal is from an archive that was removed or replaced; delete the log and try again`;
  else if (/storage version|version number/i.test(text))
    reason = `it was written by a newer version of DuckDB; install a newer ses-event-archive (${text})`;
  return new ArchiveError(`cannot open the archive ${path}: ${reason}`, { cause: error });
}

/** The engine's errors about staged rows. They quote the row, which contains personal data. */
const rowErrors = /Original Line|CSV Error|CSV Reader|Conversion Error|Invalid Input Error/;

/** Turns the engine's error about staged rows into one without their values; undefined for other errors. */
function stagedRowsError(path: string, error: unknown): StagedRowsError | undefined {
  const text = error instanceof Error ? error.message : String(error);
  if (!rowErrors.test(text)) return undefined;
  return new StagedRowsError(
    `staged rows do not fit the columns of the archive ${path} (${/\w+ Error/.exec(text)?.[0]})`,
  );
}

/**
 * The result of an attempt to attach a file: attached, held by another process, or replaced by another file of that
 * name.
 */
type Attempt = 'attached' | 'replaced' | { holder: string };

/** The identity of the file at a path; undefined when there is none. */
function fileNamed(path: string): string | undefined {
  const status = statSync(path, { bigint: true, throwIfNoEntry: false });
  return status && `${status.dev}:${status.ino}`;
}

/**
 * Attaches the file at a path. `forget` replaces the file with a compacted copy and then releases the old file. A
 * process that opened the old file before may get its lock afterwards. It would read and write a file without a name.
 */
async function tryAttach(database: Database, path: string, readOnly: boolean): Promise<Attempt> {
  const release = lock(path, readOnly);
  if (release === undefined) return { holder: String(process.pid) };
  const file = fileNamed(path);
  try {
    await database.run(`ATTACH ${sqlText(path)} AS ses_events ${readOnly ? '(READ_ONLY)' : writtenFile}`);
  } catch (error) {
    release();
    const holder = lockMessage.exec((error as Error).message)?.[1]; // DuckDB throws Errors
    if (holder !== undefined) return { holder };
    if (fileNamed(path) !== file) return 'replaced'; // the log beside it belongs to the new file
    throw openError(path, error);
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
  let hasReported = false;
  while (true) {
    const attempt = await tryAttach(database, path, readOnly);
    if (attempt === 'attached') return;
    if (attempt === 'replaced') continue;
    const { holder } = attempt;
    if (Date.now() >= until) throw new ArchiveHeldError(inUseMessage(path, holder), holder);
    if (!hasReported)
      onWait?.(`waiting up to ${Math.ceil(wait / 1000)} s for process ${holder}, which is using ${path}`);
    hasReported = true;
    await sleep(retryInterval);
    signal?.throwIfAborted();
  }
}

/**
 * Sets the folder beside the archive into which the engine spills, and removes it when the archive is closed. The
 * engine cannot change to another folder after it has used one.
 */
async function spillBeside(database: Database, path: string): Promise<void> {
  const folder = makeSpillingFolder(path);
  database.onClose(() => rmSync(folder, { recursive: true, force: true }));
  await database.run(`SET temp_directory = ${sqlText(folder)}`);
}

/**
 * Opens an archive. Creates it when it does not exist, unless `readOnly` is set.
 *
 * @throws {ArchiveError} when it is missing (read-only), in use by another process, not an archive, or of a version
 * that this one cannot use
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
    await database.run("SET TimeZone = 'UTC'"); // otherwise now()::TIMESTAMP is in the machine's time zone
    if (!readOnly && !existsSync(path)) {
      await createArchive(database, path).catch((error: unknown) => {
        throw openError(path, error);
      });
    }
    await attach(database, path, options);
    database.explainWith((error) => outOfSpace(path, error) ?? stagedRowsError(path, error) ?? error);
    if (!readOnly) {
      removeUnnamed(path);
      removeStaleFolders(path);
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
        `${path} is a DuckDB file, but not a ses-events archive; choose another one with --archive`,
      );
    } else await upgradeLayout(database, path, readOnly);
    await reserveMemoryForStoredRows(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

export { type OpenArchiveOptions, openDatabase, retryInterval };
