import { checkWhole } from '../../records/check-options';
import { type Column, columns } from './columns';
import type { Database } from './database';

/** The rows of a table to read, and their order. */
interface OrderedRows {
  /** The table, optionally with joins. */
  from: string;
  table: 'event_rows' | 'rejects';
  where: string;
  /** The columns that define the order, and the order. */
  keys: string;
  order: string;
  /** Maximum number of rows. */
  limit?: number | undefined;
}

/** Consecutive rows in the order. */
interface Slice {
  /** SQL that is true for these rows. */
  condition: string;
  rows: number;
}

/** A slice is full at this number of rows or bytes of text: the engine sorts it within its memory. */
const sliceRows = 20_000;
const sliceBytes = 32 * 1024 * 1024;

/** The columns of a table that may be long. */
const longColumns: Readonly<Record<OrderedRows['table'], readonly Pick<Column, 'name' | 'type'>[]>> = {
  event_rows: columns,
  rejects: [
    { name: 'firehose_error', type: 'json' },
    { name: 'message', type: 'text' },
    { name: 'issues', type: 'json' },
    { name: 'raw', type: 'bytes' },
  ],
};

/** The SQL for the bytes of a value; empty for a column that is always short. */
function valueBytes({ name, type }: Pick<Column, 'name' | 'type'>, table: string): string[] {
  const value = `${table}."${name}"`;
  if (type === 'text' || type === 'json') return [`coalesce(strlen(${value}), 0)`];
  if (type === 'texts') return [`coalesce(strlen(array_to_string(${value}, '')), 0)`];
  return type === 'bytes' ? [`coalesce(octet_length(${value}), 0)`] : [];
}

let lastNumber = 0;

/**
 * Cuts ordered rows into slices. The engine sorts any number of narrow keys outside of its memory. It runs out of
 * memory when it sorts a few hundred megabytes of whole rows. So this sorts the keys once, with the sizes of the rows,
 * and then reads the rows slice by slice.
 */
async function* orderedSlices(
  database: Database,
  { from, table, where, keys, order, limit = Number.MAX_SAFE_INTEGER }: OrderedRows,
): AsyncGenerator<Slice, void> {
  checkWhole(0)('limit', limit); // it goes into the SQL
  const ordered = `ordered_rows_${++lastNumber}`;
  const bytes = longColumns[table].flatMap((column) => valueBytes(column, table)).join(' + ');
  await database.run(`
    CREATE TEMP TABLE ${ordered} AS
      SELECT found_row, row_number() OVER in_order AS position, sum(bytes) OVER in_order AS bytes
      FROM (SELECT ${table}.rowid AS found_row, ${keys}, ${bytes} AS bytes FROM ${from} WHERE ${where}) ${table}
      WINDOW in_order AS (ORDER BY ${order} ROWS UNBOUNDED PRECEDING)`);
  try {
    // Both quotients only grow. So rows have the same sum only if both quotients are the same.
    const slices = await database.rows<{ first: bigint; last: bigint }>(`
      SELECT min(position) AS first, max(position) AS last FROM ${ordered} WHERE position <= ${limit}
      GROUP BY (position - 1) // ${sliceRows} + bytes // ${sliceBytes} ORDER BY first`);
    for (const { first, last } of slices) {
      const condition = `${table}.rowid IN (SELECT found_row FROM ${ordered} WHERE position BETWEEN ${first} AND ${last})`;
      yield { condition, rows: Number(last - first) + 1 };
    }
  } finally {
    await database.run(`DROP TABLE ${ordered}`);
  }
}

export { orderedSlices };
