import { DuckDBInstance } from '@duckdb/node-api';
import type { Layout } from '../../../consumer/archive/file/layout';
import type { blockOfKind, Column } from '../../../consumer/archive/store/columns';
import { storedViews } from '../../../consumer/archive/views/stored-views';
import type { EventKind, eventSchemas } from '../../../consumer/events';
import { ArchiveFolder } from '../archive-folder';

/** The parts that an older build lacks. */
interface Without {
  /** Fields of the record that no column was read from. */
  paths: (column: Column) => readonly string[];
  /** Columns that its table did not have. */
  columns: readonly string[];
  kind?: EventKind;
}

type Columns = Record<'identityColumns' | 'fieldColumns' | 'remainderColumns', readonly Column[]> & {
  blockOfKind: typeof blockOfKind;
};

const firstViews = ['events', 'event_occurrences', 'duplicates', 'feedback_twins'];

/** Loads the archive module of a build without these parts, and runs a function with it. */
async function inOlderBuild(
  { paths, columns, kind }: Without,
  work: (build: typeof import('../../../consumer/queries')) => Promise<void>,
): Promise<void> {
  await jest.isolateModulesAsync(async () => {
    jest.doMock('../../../consumer/events/email-event', () => {
      const actual = jest.requireActual<{ eventSchemas: typeof eventSchemas }>(
        '../../../consumer/events/email-event',
      );
      const known = Object.entries(actual.eventSchemas).filter(([name]) => name !== kind);
      return { ...actual, eventSchemas: Object.fromEntries(known), eventKinds: known.map(([name]) => name) };
    });
    jest.doMock('../../../consumer/archive/store/columns', () => {
      const actual = jest.requireActual<Columns>('../../../consumer/archive/store/columns');
      const fieldColumns = actual.fieldColumns.map((column) => ({
        ...column,
        paths: paths(column),
        copiedFrom: columns.includes(column.name) ? undefined : column.copiedFrom,
      }));
      const { identityColumns, remainderColumns } = actual;
      return { ...actual, fieldColumns, columns: [...identityColumns, ...fieldColumns, ...remainderColumns] };
    });
    await work(jest.requireActual('../../../consumer/queries'));
  });
  jest.dontMock('../../../consumer/events/email-event');
  jest.dontMock('../../../consumer/archive/store/columns');
}

/**
 * Removes columns without values from an archive, as if its table had never had them.
 *
 * @param hasLayout whether the archive has a stored layout; the first versions had none, and few views
 */
async function dropColumns(path: string, columns: readonly string[], hasLayout: boolean): Promise<void> {
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  const reader = await connection.runAndReadAll('SELECT layout FROM archive');
  const layout = JSON.parse(String(reader.getRows()[0]?.[0])) as Layout;
  const event_rows = { ...layout.tables.event_rows };
  const fields = { ...layout.fields };
  for (const name of columns) {
    const filled = await connection.runAndReadAll(`SELECT count("${name}") FROM event_rows`);
    expect(filled.getRows()).toEqual([[0n]]);
    await connection.run(`ALTER TABLE event_rows DROP COLUMN "${name}"`);
    delete event_rows[name];
    delete fields[name];
  }
  if (!hasLayout)
    for (const { name } of storedViews)
      if (!firstViews.includes(name)) await connection.run(`DROP VIEW ${name}`);
  const older: Layout = { ...layout, tables: { ...layout.tables, event_rows }, fields };
  await connection.run('UPDATE archive SET layout = ?', [hasLayout ? JSON.stringify(older) : null]);
  connection.closeSync();
  instance.closeSync();
}

/** An archive of objects, written by a build without these parts. */
async function olderArchive(
  objects: string,
  without: Without,
  { hasLayout = true } = {},
): Promise<ArchiveFolder> {
  const folder = new ArchiveFolder();
  await inOlderBuild(without, async ({ ingest }) => {
    await ingest(objects, { archive: folder.archive, workers: 0 });
  });
  await dropColumns(folder.archive, without.columns, hasLayout);
  return folder;
}

export { dropColumns, inOlderBuild, olderArchive };
