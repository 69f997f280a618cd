import type { Database } from '../../archive/store/database';

/** Records up to this number of bytes fit into memory in any number that the engine processes at once. */
const longBytes = 16 * 1024;

/** Bytes of records that are read at once. */
const rangeBytes = 8 * 1024 * 1024;

/** Consecutive rows of `event_rows`. */
interface RowRange {
  first: bigint;
  last: bigint;
}

/**
 * Returns ranges of rows that together contain the matching events; undefined if no record is long, so that all can be
 * read at once. The engine reads long texts one range at a time in a few hundred megabytes. For rows that it finds in
 * another way, it takes twice as much, whatever their number.
 *
 * @param where a condition on `event_rows`, with the values of `$1` and so on
 */
async function longRowRanges(
  database: Database,
  where: string,
  parameters: readonly string[],
): Promise<RowRange[] | undefined> {
  // The statistics of the column answer it at once where there is none.
  const long = await database.rows(`SELECT 1 FROM occurrences WHERE byte_length > ${longBytes} LIMIT 1`);
  if (long.length === 0) return undefined;
  return database.rows<{ first: bigint; last: bigint }>(
    `WITH traced AS (SELECT event_rows.rowid AS found_row, event_id FROM event_rows WHERE ${where}),
    sizes AS (
      SELECT event_id, max(byte_length) AS bytes FROM occurrences
      WHERE event_id IN (SELECT event_id FROM traced) GROUP BY event_id
    )
    SELECT min(found_row) AS first, max(found_row) AS last
    FROM (
      SELECT found_row, sum(coalesce(bytes, 0)) OVER (ORDER BY found_row ROWS UNBOUNDED PRECEDING) AS total
      FROM traced LEFT JOIN sizes USING (event_id)
    )
    GROUP BY total // ${rangeBytes} ORDER BY first`,
    parameters,
  );
}

export { longRowRanges, type RowRange };
