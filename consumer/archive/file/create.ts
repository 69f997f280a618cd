import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, linkSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { sqlText } from '../dialects/literals';
import type { Database } from '../store/database';
import { createTable, schemaVersion, tables } from '../store/schema';
import { createView, storedViews } from '../views/stored-views';
import { currentLayoutText } from './layout';

/** The file's format: what DuckDB 1.4 and later read. It compresses long texts better than the default one. */
const storageVersion = 'v1.4.0';

/**
 * Rows that are compressed together, half of DuckDB's default: a row is a kilobyte, and those that wait to be
 * compressed take the most of the memory.
 */
const rowGroupSize = 61_440;

/** Options of ATTACH for a file that is to be made, and for one that is written on. */
const newFile = `(STORAGE_VERSION '${storageVersion}', ROW_GROUP_SIZE ${rowGroupSize})`;
const writtenFile = `(ROW_GROUP_SIZE ${rowGroupSize})`;

/** Makes the tables and views of an archive in the database in use. */
async function createTables(database: Database): Promise<void> {
  await database.transaction(async () => {
    await database.run(Object.keys(tables).map(createTable).join('\n'));
    await database.run(storedViews.map((view) => createView(view)).join('\n'));
    // The salt keeps addresses that were forgotten from being guessed by their hashes in another archive.
    const salt = randomBytes(16).toString('hex');
    await database.run(
      'INSERT INTO archive (schema_version, salt, created_at, layout) VALUES (?, ?, now()::TIMESTAMP, ?)',
      [schemaVersion, salt, currentLayoutText],
    );
  });
}

/** Gives a file its name, unless there is one of that name. */
function nameUnlessTaken(unnamed: string, path: string): void {
  try {
    linkSync(unnamed, path);
  } catch (error) {
    if (existsSync(path)) return;
    // Not every file system has hard links; there two that create one archive at once may collide.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw error;
    renameSync(unnamed, path);
  }
}

/**
 * Makes an empty archive. It gets its name when it is whole: a process that is killed meanwhile, or finds
 * the disk full, leaves nothing under that name. When another process makes it at the same time, one of
 * the two stays.
 */
async function createArchive(database: Database, path: string): Promise<void> {
  const unnamed = `${path}.${randomBytes(4).toString('hex')}.new`;
  try {
    await database.run(`ATTACH ${sqlText(unnamed)} AS unnamed ${newFile}`);
    chmodSync(unnamed, 0o600); // it will hold personal data
    await database.run('USE unnamed');
    await createTables(database);
    await database.run('USE memory');
    await database.run('DETACH unnamed'); // writes what is in the log into the file
    nameUnlessTaken(unnamed, path);
  } catch (error) {
    // Whoever made it meanwhile may have cleared ours away.
    if (!existsSync(path)) throw error;
    await database.run('USE memory');
    await database.run('DETACH DATABASE IF EXISTS unnamed');
  } finally {
    rmSync(unnamed, { force: true });
    rmSync(`${unnamed}.wal`, { force: true });
  }
}

/** Removes what {@link createArchive} left in processes that were killed; for who holds the archive. */
function removeUnnamed(path: string): void {
  const folder = dirname(resolve(path));
  const name = basename(path);
  for (const entry of readdirSync(folder)) {
    const isUnnamed =
      entry.startsWith(`${name}.`) && /^\.[0-9a-f]{8}\.new(\.wal)?$/.test(entry.slice(name.length));
    if (isUnnamed) rmSync(join(folder, entry), { force: true });
  }
}

export { createArchive, createTables, newFile, removeUnnamed, writtenFile };
