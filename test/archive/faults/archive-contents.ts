import { openDatabase } from '../../../consumer/archive/file/open';
import type { Database } from '../../../consumer/archive/store/database';

/**
 * The compared columns of each table, as the source of a query. Objects are compared by name, because
 * numbers depend on the history.
 */
const sources = {
  events: 'event_rows',
  occurrences:
    '(SELECT object, o.* EXCLUDE (object_number) FROM occurrences o LEFT JOIN objects USING (object_number))',
  rejects:
    '(SELECT object, r.* EXCLUDE (object_number) FROM rejects r LEFT JOIN objects USING (object_number))',
  objects: '(SELECT * EXCLUDE (object_number, ingested_at, fingerprint) FROM objects)',
} as const;

type Table = keyof typeof sources;

/** The rows of an archive as sorted JSON, without values that depend on the time and order of ingests. */
type ArchiveContents = Readonly<Record<Table, readonly string[]>>;

async function reading<Result>(path: string, read: (database: Database) => Promise<Result>): Promise<Result> {
  const database = await openDatabase(path, { readOnly: true, wait: 0 });
  try {
    return await read(database);
  } finally {
    database.close();
  }
}

/** The contents of an archive. */
function archiveContents(path: string): Promise<ArchiveContents> {
  return reading(path, async (database) => {
    const rowsOf = async (source: string) => {
      const rows = await database.rows<{ row: string }>(
        `SELECT to_json(found)::VARCHAR AS row FROM ${source} found ORDER BY row`,
      );
      return rows.map(({ row }) => row);
    };
    return {
      events: await rowsOf(sources.events),
      occurrences: await rowsOf(sources.occurrences),
      rejects: await rowsOf(sources.rejects),
      objects: await rowsOf(sources.objects),
    };
  });
}

/** Rows of one list that the other list lacks, or contains less often. */
function surplus(rows: readonly string[], others: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const row of others) left.set(row, (left.get(row) ?? 0) + 1);
  return rows.filter((row) => {
    const count = left.get(row) ?? 0;
    left.set(row, count - 1);
    return count <= 0;
  });
}

/** The missing and the additional rows of an archive, one line per row, with few rows of each table. */
function differences(expected: ArchiveContents, found: ArchiveContents): string[] {
  const shown = 3;
  const lines = (table: Table, what: string, rows: string[]) =>
    rows.length === 0 ? [] : [`${rows.length} ${table} ${what}`, ...rows.slice(0, shown)];
  return (Object.keys(sources) as Table[]).flatMap((table) => [
    ...lines(table, 'missing', surplus(expected[table], found[table])),
    ...lines(table, 'too many', surplus(found[table], expected[table])),
  ]);
}

/** Queries that never return rows, not even after a killed ingest, with the meaning of a row. */
const inconsistencies = {
  'a duplicate object': 'SELECT object FROM objects GROUP BY object HAVING count(*) > 1',
  'an object with another number of occurrences than events': `
    SELECT object FROM objects LEFT JOIN occurrences USING (object_number)
    GROUP BY object, events HAVING count(event_id) <> events`,
  'an object with a wrong number of rejects': `
    SELECT object FROM objects LEFT JOIN rejects r USING (object_number)
    GROUP BY object, objects.rejects HAVING count(r.reason) <> objects.rejects`,
  'a duplicate event': 'SELECT event_id FROM event_rows GROUP BY event_id HAVING count(*) > 1',
  'an event without an occurrence':
    'SELECT event_id FROM event_rows WHERE event_id NOT IN (SELECT event_id FROM occurrences)',
  'an occurrence without an event':
    'SELECT event_id FROM occurrences WHERE event_id NOT IN (SELECT event_id FROM event_rows)',
  'an occurrence without an object': 'FROM occurrences ANTI JOIN objects USING (object_number)',
  'a reject without an object': 'FROM rejects ANTI JOIN objects USING (object_number)',
} as const;

/** The inconsistencies within an archive, for example an object that was stored in part. */
function faultsWithin(path: string): Promise<string[]> {
  return reading(path, async (database) => {
    const found: string[] = [];
    for (const [fault, query] of Object.entries(inconsistencies)) {
      const rows = await database.rows(query);
      if (rows.length > 0) found.push(`${fault}: ${rows.length}`);
    }
    return found;
  });
}

/** The names of the objects that an archive has, sorted. */
function archivedObjects(path: string): Promise<string[]> {
  return reading(path, async (database) => {
    const rows = await database.rows<{ object: string }>('SELECT object FROM objects ORDER BY object');
    return rows.map(({ object }) => object);
  });
}

export { type ArchiveContents, archiveContents, archivedObjects, differences, faultsWithin };
