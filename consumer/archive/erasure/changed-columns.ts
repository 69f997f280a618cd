import { columns } from '../columns';
import type { Database } from '../database/database';

async function countChanges(
  database: Database,
  table: string,
  names: readonly string[],
  join: string,
): Promise<[name: string, count: number][]> {
  const counts = names.map(
    (name) => `count(*) FILTER (old."${name}" IS DISTINCT FROM new."${name}") AS "${name}"`,
  );
  const [row] = await database.rows<Record<string, bigint>>(
    `SELECT ${counts.join(', ')} FROM ${table} old ${join}`,
  );
  return names.map((name): [string, number] => [`${table}.${name}`, Number(row?.[name] ?? 0)]);
}

/** How many rows change in each column, by `table.column`, of what was found; only columns that do. */
async function changedColumns(database: Database): Promise<Record<string, number>> {
  const own = columns.map(({ name }) => name).filter((name) => name !== 'event_id');
  const byRow = (table: string) => `JOIN ${table} new ON old.rowid = new."row"`;
  const counts = [
    ...(await countChanges(database, 'event_rows', own, 'JOIN changed_events new USING (event_id)')),
    ...(await countChanges(database, 'occurrences', ['firehose_error'], byRow('changed_occurrences'))),
    ...(await countChanges(
      database,
      'rejects',
      ['firehose_error', 'message', 'issues', 'raw'],
      byRow('changed_rejects'),
    )),
  ];
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}

/** The objects that hold the person: of events that were found, and those of these numbers. */
async function objectsOf(database: Database, numbers: ReadonlySet<bigint>): Promise<string[]> {
  const rows = await database.rows<{ object: string }>(`
    SELECT DISTINCT object FROM objects WHERE object_number IN (
      SELECT object_number FROM occurrences WHERE event_id IN (SELECT event_id FROM event_fates)
      UNION ALL SELECT unnest([${[...numbers].join(', ')}]::BIGINT[])
    ) ORDER BY object`);
  return rows.map(({ object }) => object);
}

export { changedColumns, objectsOf };
