import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { ArchiveError, ArchiveHeldError } from '../archive-error';
import { Database, sqlText } from './database';
import { schemaVersion, tables, views } from './schema';

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
}

/** The file's format: what DuckDB 1.4 and later read. It compresses long texts better than the default one. */
const storageVersion = 'v1.4.0';

/** Milliseconds between two attempts to get a file that another process holds. */
const retryInterval = 100;

/**
 * Rows that are compressed together, half of DuckDB's default: a row is a kilobyte, and those that wait to be
 * compressed take the most of the memory.
 */
const rowGroupSize = 61_440;

/** What the engine may take of the memory, beside what the reading of objects takes. */
const memoryLimit = '200MB';

const lockMessage = /Conflicting lock is held in .*?\(PID (\d+)\)/s;

/** What DuckDB says of a file that it cannot open, in our words. */
function explained(path: string, error: unknown): ArchiveError {
  const text = error instanceof Error ? error.message : String(error);
  const holder = lockMessage.exec(text)?.[1];
  if (holder !== undefined) {
    return new ArchiveHeldError(
      `cannot open the archive ${path}: process ${holder} holds it; try again when it has ended, or stop it`,
      holder,
      { cause: error },
    );
  }
  const reason = /not a valid DuckDB database file/.test(text)
    ? 'it is no DuckDB file; name another one with --archive'
    : /storage version|version number/i.test(text)
      ? `it was written by a newer version of DuckDB; install a newer ses-event-archive (${text})`
      : text;
  return new ArchiveError(`cannot open the archive ${path}: ${reason}`, { cause: error });
}

async function attach(database: Database, path: string, options: OpenArchiveOptions): Promise<void> {
  const { readOnly = false, wait = 10_000, onWait } = options;
  const until = Date.now() + wait;
  let told = false;
  while (true) {
    const format = existsSync(path) ? '' : `STORAGE_VERSION ${sqlText(storageVersion)}, `;
    const mode = readOnly ? '(READ_ONLY)' : `(${format}ROW_GROUP_SIZE ${rowGroupSize})`;
    try {
      await database.run(`ATTACH ${sqlText(path)} AS ses_events ${mode}`);
      return;
    } catch (error) {
      const holder = lockMessage.exec((error as Error).message)?.[1]; // DuckDB throws Errors
      if (holder === undefined || Date.now() >= until) throw explained(path, error);
      if (!told)
        onWait?.(`waiting up to ${Math.ceil(wait / 1000)} s for process ${holder}, which holds ${path}`);
      told = true;
      await sleep(retryInterval);
    }
  }
}

async function createTables(database: Database): Promise<void> {
  await database.transaction(async () => {
    await database.run(tables);
    await database.run(views);
    // The salt keeps addresses that were forgotten from being guessed by their hashes in another archive.
    const salt = randomBytes(16).toString('hex');
    await database.run('INSERT INTO archive VALUES (?, ?, now()::TIMESTAMP)', [schemaVersion, salt]);
  });
}

async function checkVersion(database: Database, path: string): Promise<void> {
  const [row] = await database.rows<{ schema_version: number }>('SELECT schema_version FROM archive');
  const version = row?.schema_version ?? 0;
  if (version > schemaVersion) {
    throw new ArchiveError(
      `the archive ${path} has schema version ${version}, and this ses-events knows up to ${schemaVersion}: ` +
        'install the newer version that wrote it (npm install ses-event-archive@latest)',
    );
  }
  if (version < schemaVersion) {
    throw new ArchiveError(
      `the archive ${path} has schema version ${version}, and this ses-events writes ${schemaVersion}: ` +
        'the objects are the source of truth, so ingest them into a new one (ses-events ingest SOURCE --archive new.duckdb)',
    );
  }
}

/**
 * Opens an archive, and creates it when it is not there.
 *
 * @throws {ArchiveError} when it is missing (read-only), held by another process, no archive, or of a
 * version that this one cannot use
 */
async function openDatabase(path: string, options: OpenArchiveOptions = {}): Promise<Database> {
  const { readOnly = false } = options;
  if (readOnly && !existsSync(path)) {
    throw new ArchiveError(
      `there is no archive ${path}: name it with --archive, or make it with ses-events ingest SOURCE --archive ${path}`,
    );
  }
  const database = await Database.create({
    memory_limit: memoryLimit,
    preserve_insertion_order: 'false',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  try {
    await attach(database, path, options);
    await database.run('USE ses_events');
    await database.run("SET TimeZone = 'UTC'"); // otherwise now()::TIMESTAMP is the machine's local time
    const [found] = await database.rows<{ tables: bigint; ours: bigint }>(
      "SELECT count(*) AS tables, count(*) FILTER (table_name = 'archive') AS ours FROM duckdb_tables() WHERE database_name = 'ses_events'",
    );
    if (found?.tables === 0n && !readOnly) await createTables(database);
    else if (found?.ours !== 1n) {
      throw new ArchiveError(
        `${path} is a DuckDB file, but no archive of ses-events: name another one with --archive`,
      );
    } else await checkVersion(database, path);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

export { type OpenArchiveOptions, openDatabase, storageVersion };
