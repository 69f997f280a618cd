import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ReadMode } from '../staging/staged-rows';
import { ArchiveError, StagedRowsError } from '../store/archive-error';
import type { Database } from '../store/database';
import { createTable, schemaVersion, tables } from '../store/schema';
import { createView, storedViews } from '../views/stored-views';
import { currentLayout, currentLayoutText, type Layout, mayChange, unknownParts } from './layout';
import { rewriteRows } from './rewrite-rows';

/** The oldest version whose archives this version can update by adding the missing parts. */
const oldestVersion = 1;

/** The views of the versions without a stored layout. */
const firstViews: readonly string[] = ['events', 'event_occurrences', 'duplicates', 'feedback_twins'];

/** The row of the table `archive`. The first two versions did not store their layout. */
interface FoundArchive {
  schema_version: number;
  layout?: string | null;
}

/** A column that a table of the archive lacks, and its definition. */
interface MissingColumn {
  table: string;
  column: string;
  definition: string;
}

/** Rejects an archive whose tables this version neither knows nor can update. */
function checkVersion(path: string, version: number, layout: Layout | undefined): void {
  const advice = 'install a newer version (npm install ses-event-archive@latest)';
  if (version > schemaVersion) {
    throw new ArchiveError(
      `the archive ${path} has schema version ${version}, but this ses-events supports only versions up to ${schemaVersion}: ${advice}`,
    );
  }
  const [unknown] = layout === undefined ? [] : unknownParts(layout);
  if (unknown !== undefined)
    throw new ArchiveError(
      `the archive ${path} has ${unknown}, which this ses-events does not support: ${advice}`,
    );
  if (version < oldestVersion) {
    throw new ArchiveError(
      `the archive ${path} has schema version ${version}, but this ses-events requires ${oldestVersion} or later: ` +
        'ingest the objects into a new archive (ses-events ingest SOURCE --archive new.duckdb)',
    );
  }
}

async function missingColumns(database: Database): Promise<MissingColumn[]> {
  const found = await database.rows<{ name: string }>(
    "SELECT table_name || '.' || column_name AS name FROM duckdb_columns() WHERE database_name = 'ses_events'",
  );
  const present = new Set(found.map(({ name }) => name));
  return Object.entries(tables).flatMap(([table, columns]) =>
    Object.entries(columns)
      .filter(([column]) => !present.has(`${table}.${column}`))
      .map(([column, definition]) => ({ table, column, definition })),
  );
}

/**
 * Completes the tables and views for one session, without writing. The tables have all columns, empty where the file
 * lacks them, and the views are those of this version.
 */
async function completeForSession(database: Database, missing: readonly MissingColumn[]): Promise<void> {
  for (const table of new Set(missing.map((column) => column.table))) {
    const added = missing.filter((column) => column.table === table);
    const values = added.map(
      ({ column, definition }) => `NULL::${definition.split(' ')[0]} AS "${column}"`, // the type is first
    );
    const isMissing = added.length === Object.keys(tables[table] ?? {}).length;
    const rows = isMissing
      ? `SELECT 0 AS rowid, ${values.join(', ')} WHERE false`
      : `SELECT rowid, *, ${values.join(', ')} FROM ses_events.${table}`;
    await database.run(`CREATE TEMP VIEW ${table} AS ${rows}`);
  }
  await database.run(storedViews.map((view) => createView(view, { isTemporary: true })).join('\n'));
}

/**
 * Rejects a file in which a user's table or view has the name of one of the archive's views.
 *
 * @param known the views that belong to the archive
 */
async function checkNames(database: Database, path: string, known: readonly string[]): Promise<void> {
  const found = await database.rows<{ name: string }>(`
    SELECT table_name AS name FROM duckdb_tables() WHERE database_name = 'ses_events'
    UNION ALL
    SELECT view_name FROM duckdb_views() WHERE database_name = 'ses_events'`);
  const required = Object.keys(currentLayout.views).filter((name) => !known.includes(name));
  const taken = found.find(({ name }) => required.includes(name))?.name;
  if (taken === undefined) return;
  throw new ArchiveError(
    `the archive ${path} has a table or view ${taken} that ses-events did not create, and this version requires the name ` +
      `for its own view: rename yours with DuckDB (ALTER TABLE ${taken} RENAME TO my_${taken}, or ALTER VIEW), and try again`,
  );
}

/**
 * Adds the missing tables, columns and views to the archive's file, and fills the columns from the rows that have their
 * values.
 */
async function completeFile(
  database: Database,
  path: string,
  before: Layout | undefined,
  missing: readonly MissingColumn[],
  mode: ReadMode,
): Promise<void> {
  await database.run(Object.keys(tables).map(createTable).join('\n'));
  for (const { table, column, definition } of missing)
    await database.run(`ALTER TABLE ${table} ADD COLUMN IF NOT EXISTS "${column}" ${definition}`);
  const ofEvents = missing.filter(({ table }) => table === 'event_rows').map(({ column }) => column);
  const where = mayChange(before, ofEvents);
  if (where !== undefined) await rewriteRows(database, { where, folder: rewritingFolder(path), mode });
  const obsolete = Object.keys(before?.views ?? {}).filter((name) => currentLayout.views[name] === undefined);
  for (const name of obsolete) await database.run(`DROP VIEW IF EXISTS "${name}"`);
  await database.run(storedViews.map((view) => createView(view)).join('\n'));
}

/** The folder for rewritten rows. The next writer removes the files that a killed process left there. */
function rewritingFolder(path: string): string {
  return `${resolve(path)}.upgrading`;
}

/** Removes the rewritten rows that a killed process left. For a writer. */
function removeRewritten(path: string): void {
  rmSync(rewritingFolder(path), { recursive: true, force: true });
}

/**
 * Updates an open archive to the layout of this version, in one transaction. An archive that is open for reading is not
 * changed: its session gets the tables and views of this version.
 *
 * @throws {ArchiveError} when this version cannot use an archive of that version
 */
async function upgradeLayout(database: Database, path: string, readOnly: boolean): Promise<void> {
  const [found] = await database.rows<FoundArchive & Record<string, unknown>>('FROM archive');
  const { schema_version: version, layout: text } = found ?? { schema_version: 0 };
  if (version === schemaVersion && text === currentLayoutText) return;
  const before = typeof text === 'string' ? (JSON.parse(text) as Layout) : undefined; // views that belong to the archive
  checkVersion(path, version, before);
  const missing = await missingColumns(database);
  if (readOnly) {
    await completeForSession(database, missing);
    return;
  }
  await checkNames(database, path, before === undefined ? firstViews : Object.keys(before.views));
  const complete = (mode: ReadMode) =>
    database.transaction(async () => {
      await completeFile(database, path, before, missing, mode);
      await database.run('UPDATE archive SET schema_version = ?, layout = ?', [
        schemaVersion,
        currentLayoutText,
      ]);
    });
  await complete('fast').catch((error: unknown) => {
    if (!(error instanceof StagedRowsError)) throw error;
    return complete('careful');
  });
}

export { removeRewritten, upgradeLayout };
