import { columns } from '../columns';
import type { Database } from '../database/database';
import { exactForm } from '../rows/exact-form';

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

/** Rows whose `extra` says something else; its keys may come in another order when a row is made again. */
async function countExtra(database: Database): Promise<number> {
  const query = `
    SELECT old.extra AS before, new.extra AS after FROM event_rows old JOIN changed_events new USING (event_id)
    WHERE old.extra IS DISTINCT FROM new.extra`;
  const form = (extra: string | null) => (extra === null ? null : exactForm(extra));
  let count = 0;
  for await (const rows of database.stream<{ before: string | null; after: string | null }>(query)) {
    count += rows.filter(({ before, after }) => form(before) !== form(after)).length;
  }
  return count;
}

/** How many rows change in each column, by `table.column`, of what was found; only columns that do. */
async function changedColumns(database: Database): Promise<Record<string, number>> {
  const own = columns.map(({ name }) => name).filter((name) => name !== 'event_id' && name !== 'extra');
  const byRow = (table: string) => `JOIN ${table} new ON old.rowid = new."row"`;
  const counts = [
    ...(await countChanges(database, 'event_rows', own, 'JOIN changed_events new USING (event_id)')),
    ['event_rows.extra', await countExtra(database)] as const,
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
