import type { Chunk } from '../store/chunk';
import type { Database } from '../store/database';
import { reserveMemoryForStoredRows } from '../store/engine-memory';
import type { RowRange } from '../store/row-ranges';

/** Memory for the lines of long records, beside the rows: those of a range as text and as bytes, and the next ones. */
const lineMemory = 96_000_000;

/** The rows of `event_rows` for which a condition is true, as in a FROM clause. */
function rowsWhere(condition: string): string {
  return `(SELECT event_rows.rowid, * FROM event_rows WHERE ${condition}) event_rows`;
}

interface RangedLines {
  /** A condition on `event_rows`. */
  where: string;
  /** The query of the lines of some rows. */
  lines: (rows: string) => string;
  ranges: readonly RowRange[];
}

let lastNumber = 0;

/**
 * Yields the chunks of the lines of long records, some megabytes of records at a time.
 *
 * The plan of the query takes the engine up to a quarter of a second, because it has some expressions for each column.
 * So it is made once, for a temporary table to which each range is copied.
 */
async function* rangeChunks(
  database: Database,
  { where, lines, ranges }: RangedLines,
): AsyncGenerator<Chunk, void> {
  await reserveMemoryForStoredRows(database, lineMemory);
  const name = `range_rows_${++lastNumber}`;
  const copied = 'event_rows.rowid AS found_row, *';
  await database.run(`CREATE TEMP TABLE ${name} AS SELECT ${copied} FROM event_rows LIMIT 0`);
  const rows = `(SELECT found_row AS rowid, * EXCLUDE (found_row) FROM temp.${name}) event_rows`;
  await database.run(`PREPARE ${name} AS ${lines(rows)}`);
  try {
    for (const { first, last } of ranges) {
      await database.run(`TRUNCATE temp.${name}`);
      await database.run(
        `INSERT INTO temp.${name} SELECT ${copied} FROM event_rows WHERE ${where} AND event_rows.rowid BETWEEN ${first} AND ${last}`,
      );
      yield* database.chunks(`EXECUTE ${name}`);
    }
  } finally {
    await database.run(`DEALLOCATE ${name}; DROP TABLE temp.${name}`);
  }
}

export { rangeChunks, rowsWhere };
