import { exactForm } from '../rows/exact-form';
import { columns } from '../store/columns';
import type { Database } from '../store/database';

/** The table to compare, and the key of its rows. */
interface Compared {
  table: string;
  changes: string;
  key: 'event_id' | 'row';
}

/** The hashes of values, by the key of their row. The values themselves would not fit into the memory of a join. */
function hashes(from: string, key: string, names: readonly string[]): string {
  return `(SELECT ${key} AS key, ${names.map((name) => `hash("${name}") AS "${name}"`).join(', ')} FROM ${from})`;
}

async function countChanges(
  database: Database,
  { table, changes, key }: Compared,
  names: readonly string[],
): Promise<[name: string, count: number][]> {
  const counts = names.map((name) => `count(*) FILTER (old."${name}" <> new."${name}") AS "${name}"`);
  const ownKey = key === 'row' ? 'rowid' : key;
  const changed = `${table} WHERE ${ownKey} IN (SELECT "${key}" FROM ${changes})`;
  const [row] = await database.rows<Record<string, bigint>>(`
    SELECT ${counts.join(', ')}
    FROM ${hashes(changed, ownKey, names)} old JOIN ${hashes(changes, `"${key}"`, names)} new USING (key)`);
  return names.map((name): [string, number] => [`${table}.${name}`, Number(row?.[name] ?? 0)]);
}

/** Counts the rows whose `extra` differs in content. The order of its keys can change when a row is rewritten. */
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

/** Counts the rows that change in each column, by `table.column`. Columns without changes are omitted. */
async function changedColumns(database: Database): Promise<Record<string, number>> {
  const own = columns.map(({ name }) => name).filter((name) => name !== 'event_id' && name !== 'extra');
  const events = { table: 'event_rows', changes: 'changed_events', key: 'event_id' } as const;
  const occurrences = { table: 'occurrences', changes: 'changed_occurrences', key: 'row' } as const;
  const rejects = { table: 'rejects', changes: 'changed_rejects', key: 'row' } as const;
  const counts = [
    ...(await countChanges(database, events, own)),
    ['event_rows.extra', await countExtra(database)] as const,
    ...(await countChanges(database, occurrences, ['firehose_error'])),
    ...(await countChanges(database, rejects, ['firehose_error', 'message', 'issues', 'raw'])),
  ];
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}

/** Lists the objects that contain the person: those of the events found, and those with these numbers. */
async function objectsOf(database: Database, numbers: ReadonlySet<bigint>): Promise<string[]> {
  const rows = await database.rows<{ object: string }>(`
    SELECT DISTINCT object FROM objects WHERE object_number IN (
      SELECT object_number FROM occurrences WHERE event_id IN (SELECT event_id FROM event_states)
      UNION ALL SELECT unnest([${[...numbers].join(', ')}]::BIGINT[])
    ) ORDER BY object`);
  return rows.map(({ object }) => object);
}

export { changedColumns, objectsOf };
