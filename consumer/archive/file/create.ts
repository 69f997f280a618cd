import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, linkSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { sqlText } from '../dialects/literals';
import type { Database } from '../store/database';
import { createTable, schemaVersion, tables } from '../store/schema';
import { createView, storedViews } from '../views/stored-views';
import { currentLayoutText } from './layout';

/** The format of the file, which DuckDB 1.4 and later read. It compresses long texts better than the default one. */
const storageVersion = 'v1.4.0';

/**
 * Rows that are compressed together, a quarter of DuckDB's default. A row has more than a kilobyte, and rows that wait
 * for compression take most of the memory: with larger groups, the engine spills them.
 */
const rowGroupSize = 30_720;

/** Options of ATTACH for a new file, and for an existing file that is written. */
const newFile = `(STORAGE_VERSION '${storageVersion}', ROW_GROUP_SIZE ${rowGroupSize})`;
const writtenFile = `(ROW_GROUP_SIZE ${rowGroupSize})`;

/** Creates the tables and views of an archive in the database in use. */
async function createTables(database: Database): Promise<void> {
  await database.transaction(async () => {
    await database.run(Object.keys(tables).map(createTable).join('\n'));
    await database.run(storedViews.map((view) => createView(view)).join('\n'));
    // The salt prevents guessing erased addresses by comparing hashes with those of another archive.
    const salt = randomBytes(16).toString('hex');
    await database.run(
      'INSERT INTO archive (schema_version, salt, created_at, layout) VALUES (?, ?, now()::TIMESTAMP, ?)',
      [schemaVersion, salt, currentLayoutText],
    );
  });
}

/** Gives a file its name, unless the name is taken. */
function renameUnlessTaken(unnamed: string, path: string): void {
  try {
    linkSync(unnamed, path);
  } catch (error) {
    if (existsSync(path)) return;
    // Not every file system has hard links. Without them, two processes that create an archive at once can collide.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw error;
    renameSync(unnamed, path);
  }
}

/**
 * Creates an empty archive atomically: a process that is killed, or finds the disk full, leaves nothing under that
 * name. When two processes create it at the same time, the archive of one of them remains.
 */
async function createArchive(database: Database, path: string): Promise<void> {
  const unnamed = `${path}.${randomBytes(4).toString('hex')}.new`;
  try {
    await database.run(`ATTACH ${sqlText(unnamed)} AS unnamed ${newFile}`);
    chmodSync(unnamed, 0o600); // it will contain personal data
    await database.run('USE unnamed');
    await createTables(database);
    await database.run('USE memory');
    await database.run('DETACH unnamed'); // writes the log into the file
    renameUnlessTaken(unnamed, path);
  } catch (error) {
    // The process that created it meanwhile may have removed this one.
    if (!existsSync(path)) throw error;
    await database.run('USE memory');
    await database.run('DETACH DATABASE IF EXISTS unnamed');
  } finally {
    rmSync(unnamed, { force: true });
    rmSync(`${unnamed}.wal`, { force: true });
  }
}

/** Removes the files of killed processes in {@link createArchive}. Requires that this process has the archive open. */
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
