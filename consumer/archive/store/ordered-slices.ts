import { type Column, columns } from './columns';
import type { Database } from './database';

/** Which rows of a table to go through, and in which order. */
interface OrderedRows {
  /** The table, perhaps with others joined to it. */
  from: string;
  table: 'event_rows' | 'rejects';
  where: string;
  /** The columns by which they are ordered, and the order. */
  keys: string;
  order: string;
  /** At most so many rows. */
  limit?: number | undefined;
}

/** Some rows that stand next to one another in the order. */
interface Slice {
  /** SQL that is true for these rows. */
  condition: string;
  rows: number;
}

/** A slice is full with so many rows, or with so many bytes of text: the engine sorts it within its memory. */
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

/** The bytes of a value, in SQL; nothing for one that is always short. */
function valueBytes({ name, type }: Pick<Column, 'name' | 'type'>, table: string): string[] {
  const value = `${table}."${name}"`;
  if (type === 'text' || type === 'json') return [`coalesce(strlen(${value}), 0)`];
  if (type === 'texts') return [`coalesce(strlen(array_to_string(${value}, '')), 0)`];
  return type === 'bytes' ? [`coalesce(octet_length(${value}), 0)`] : [];
}

let lastNumber = 0;

/**
 * Cuts ordered rows into slices. The engine sorts narrow keys of any number outside of its memory, but runs
 * out of it when it sorts a few hundred megabytes of whole rows: so the keys are sorted once, with how many bytes
 * the rows have, and the rows are taken slice by slice.
 */
async function* orderedSlices(
  database: Database,
  { from, table, where, keys, order, limit = Number.MAX_SAFE_INTEGER }: OrderedRows,
): AsyncGenerator<Slice, void> {
  const ordered = `ordered_rows_${++lastNumber}`;
  const bytes = longColumns[table].flatMap((column) => valueBytes(column, table)).join(' + ');
  await database.run(`
    CREATE TEMP TABLE ${ordered} AS
      SELECT found_row, row_number() OVER in_order AS position, sum(bytes) OVER in_order AS bytes
      FROM (SELECT ${table}.rowid AS found_row, ${keys}, ${bytes} AS bytes FROM ${from} WHERE ${where}) ${table}
      WINDOW in_order AS (ORDER BY ${order} ROWS UNBOUNDED PRECEDING)`);
  try {
    // Both quotients only grow, so that the sum is the same for those rows of which both are.
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
