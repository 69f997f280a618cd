import type { Database } from './database';

/** Bytes of long records that are read at once. */
const rangeBytes = 8 * 1024 * 1024;

/** Consecutive rows of `event_rows`. */
interface RowRange {
  first: bigint;
  last: bigint;
}

/** The rows to read, and which of them are long. */
interface RangedRows {
  /** A condition on `event_rows`, with the values of `$1` and so on. */
  where: string;
  parameters?: readonly string[];
  /** Records up to this number of bytes fit into memory in any number that the engine processes at once. */
  longBytes: number;
}

/**
 * Returns ranges of rows that together contain the matching events; undefined if no record is long, so that all can be
 * read at once. Records that are not long do not count, so a few long ones among millions give a few ranges. The records
 * of an envelope have equal parts of its bytes. The engine reads long texts one range at a time in a few hundred
 * megabytes. For rows that it finds in another way, it takes twice as much, whatever their number.
 */
async function longRowRanges(
  database: Database,
  { where, parameters = [], longBytes }: RangedRows,
): Promise<RowRange[] | undefined> {
  // The statistics of the column answer it at once where there is none.
  const long = await database.rows(`SELECT 1 FROM occurrences WHERE byte_length > ${longBytes} LIMIT 1`);
  if (long.length === 0) return undefined;
  return database.rows<{ first: bigint; last: bigint }>(
    `WITH found AS (SELECT event_rows.rowid AS found_row, event_id FROM event_rows WHERE ${where}),
    places AS (SELECT * FROM occurrences WHERE byte_length > ${longBytes}),
    envelopes AS (
      SELECT object_number, byte_offset, count(*) AS records FROM places WHERE record_index IS NOT NULL GROUP BY ALL
    ),
    long AS (
      SELECT found_row, max(byte_length // coalesce(records, 1)) AS bytes
      FROM found JOIN places USING (event_id) LEFT JOIN envelopes USING (object_number, byte_offset)
      WHERE byte_length // coalesce(records, 1) > ${longBytes} GROUP BY found_row
    ),
    totals AS (SELECT found_row, sum(bytes) OVER (ORDER BY found_row ROWS UNBOUNDED PRECEDING) AS total FROM long),
    ends AS (
      SELECT max(found_row) AS last FROM totals GROUP BY total // ${rangeBytes}
      UNION SELECT max(found_row) FROM found
    )
    SELECT coalesce(lag(last) OVER (ORDER BY last) + 1, (SELECT min(found_row) FROM found)) AS first, last
    FROM ends WHERE last IS NOT NULL ORDER BY last`,
    parameters,
  );
}

export { longRowRanges, type RowRange };
