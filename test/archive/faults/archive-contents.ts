import { openDatabase } from '../../../consumer/archive/file/open';
import type { Database } from '../../../consumer/archive/store/database';

/** What is compared of each table, as the source of a query; objects go by their names, numbers differ by history. */
const sources = {
  events: 'event_rows',
  occurrences:
    '(SELECT object, o.* EXCLUDE (object_number) FROM occurrences o LEFT JOIN objects USING (object_number))',
  rejects:
    '(SELECT object, r.* EXCLUDE (object_number) FROM rejects r LEFT JOIN objects USING (object_number))',
  objects: '(SELECT * EXCLUDE (object_number, ingested_at, fingerprint) FROM objects)',
} as const;

type Table = keyof typeof sources;

/** Everything in an archive that does not depend on when and in which order it came in: its rows as JSON, sorted. */
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

/** Rows of one list that the other has not, or not as often. */
function surplus(rows: readonly string[], others: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const row of others) left.set(row, (left.get(row) ?? 0) + 1);
  return rows.filter((row) => {
    const count = left.get(row) ?? 0;
    left.set(row, count - 1);
    return count <= 0;
  });
}

/** What an archive lacks of what it should hold and what it has beside it; one line a row, few of each table. */
function differences(expected: ArchiveContents, found: ArchiveContents): string[] {
  const shown = 3;
  const lines = (table: Table, what: string, rows: string[]) =>
    rows.length === 0 ? [] : [`${rows.length} ${table} ${what}`, ...rows.slice(0, shown)];
  return (Object.keys(sources) as Table[]).flatMap((table) => [
    ...lines(table, 'missing', surplus(expected[table], found[table])),
    ...lines(table, 'too many', surplus(found[table], expected[table])),
  ]);
}

/** Queries whose rows an archive never has, not even one whose ingest was killed; and what such a row is. */
const inconsistencies = {
  'an object that is there twice': 'SELECT object FROM objects GROUP BY object HAVING count(*) > 1',
  'an object with fewer or more occurrences than events': `
    SELECT object FROM objects LEFT JOIN occurrences USING (object_number)
    GROUP BY object, events HAVING count(event_id) <> events`,
  'an object with fewer or more rejects than it had': `
    SELECT object FROM objects LEFT JOIN rejects r USING (object_number)
    GROUP BY object, objects.rejects HAVING count(r.reason) <> objects.rejects`,
  'an event that is there twice': 'SELECT event_id FROM event_rows GROUP BY event_id HAVING count(*) > 1',
  'an event that no object has':
    'SELECT event_id FROM event_rows WHERE event_id NOT IN (SELECT event_id FROM occurrences)',
  'an occurrence of no event':
    'SELECT event_id FROM occurrences WHERE event_id NOT IN (SELECT event_id FROM event_rows)',
  'an occurrence in no object': 'FROM occurrences ANTI JOIN objects USING (object_number)',
  'a reject of no object': 'FROM rejects ANTI JOIN objects USING (object_number)',
} as const;

/** What is wrong with an archive by itself, whatever it should hold: half an object, for one. */
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
