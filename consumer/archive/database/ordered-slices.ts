import type { Database } from './database';

/** Which rows of a table to go through, and in which order. */
interface OrderedRows {
  /** The table, perhaps with others joined to it. */
  from: string;
  table: 'event_rows' | 'rejects';
  where: string;
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

/** Rows of a slice: few enough that the engine can sort wide ones within its memory. */
const sliceRows = 20_000;

let lastNumber = 0;

/**
 * Cuts ordered rows into slices. The engine sorts narrow keys of any number outside of its memory, but runs
 * out of it when it sorts a few hundred thousand whole events: so the keys are sorted once and the rows are
 * taken slice by slice.
 */
async function* orderedSlices(
  database: Database,
  { from, table, where, order, limit }: OrderedRows,
): AsyncGenerator<Slice, void> {
  const keys = `ordered_rows_${++lastNumber}`;
  await database.run(`
    CREATE TEMP TABLE ${keys} AS
      SELECT ${table}.rowid AS found_row, row_number() OVER (ORDER BY ${order}) AS position
      FROM ${from} WHERE ${where}`);
  try {
    const [found] = await database.rows<{ rows: bigint }>(`SELECT count(*) AS rows FROM ${keys}`);
    const rows = Math.min(Number(found?.rows ?? 0), limit ?? Number.POSITIVE_INFINITY);
    for (let start = 0; start < rows; start += sliceRows) {
      const end = Math.min(start + sliceRows, rows);
      const condition = `${table}.rowid IN (SELECT found_row FROM ${keys} WHERE position > ${start} AND position <= ${end})`;
      yield { condition, rows: end - start };
    }
  } finally {
    await database.run(`DROP TABLE ${keys}`);
  }
}

export { type OrderedRows, orderedSlices, type Slice };
