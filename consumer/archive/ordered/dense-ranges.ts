import type { Database } from '../store/database';
import { vectorRows } from '../store/engine-memory';

/** Records up to this number of bytes fit into the engine's memory while it makes lines, in any number. */
const longBytes = 4 * 1024;

/** Bytes of long records that the engine may process at once, in the memory for lines of usual length. */
const vectorBytes = 1024 * 1024;

/** Bytes of long records to copy at once from a place that has more of them. */
const rangeBytes = 32 * 1024 * 1024;

/** Rows between two dense ranges that are read with them, because a range takes as long as some thousand rows. */
const gapRows = 8 * vectorRows;

/** Consecutive rows of `event_rows`. */
interface LineRange {
  first: bigint;
  last: bigint;
  /** Whether the engine would have more than 1 MiB of long records in memory if it processed the rows at once. */
  isDense: boolean;
}

/** Consecutive rows with up to 8 MiB of long records. Those of a zone are adjacent. */
interface Part {
  first: bigint;
  last: bigint;
  zone: bigint;
}

/** Returns the parts of the table where the engine would process too many long records at once, in their order. */
async function denseParts(database: Database, where: string): Promise<Part[]> {
  // The records of an envelope have equal parts of its bytes.
  return database.rows<{ first: bigint; last: bigint; zone: bigint }>(`
    WITH found AS (SELECT event_rows.rowid AS found_row, event_id FROM event_rows WHERE ${where}),
    places AS (SELECT * FROM occurrences WHERE byte_length > ${longBytes}),
    envelopes AS (
      SELECT object_number, byte_offset, count(*) AS records FROM places WHERE record_index IS NOT NULL GROUP BY ALL
    ),
    long AS (
      SELECT found_row, max(byte_length // coalesce(records, 1)) AS bytes
      FROM found JOIN places USING (event_id) LEFT JOIN envelopes USING (object_number, byte_offset)
      WHERE byte_length // coalesce(records, 1) > ${longBytes} GROUP BY found_row
    ),
    vectors AS (
      SELECT *, sum(bytes) OVER (PARTITION BY found_row // ${vectorRows}) AS vector_bytes FROM long
    ),
    dense AS (
      SELECT found_row, sum(bytes) OVER in_order AS total,
        found_row - lag(found_row, 1, found_row) OVER in_order > ${gapRows} AS begins
      FROM vectors WHERE vector_bytes > ${vectorBytes}
      WINDOW in_order AS (ORDER BY found_row ROWS UNBOUNDED PRECEDING)
    ),
    zones AS (
      SELECT *, (sum(begins::INTEGER) OVER (ORDER BY found_row ROWS UNBOUNDED PRECEDING))::BIGINT AS zone FROM dense
    )
    SELECT min(found_row) AS first, max(found_row) AS last, zone
    FROM zones GROUP BY zone, total // ${rangeBytes} ORDER BY first`);
}

/**
 * Cuts the table into ranges of rows, so that the engine has some megabytes of long records in memory at once. Without
 * many long records in one place, this is one range.
 *
 * @param where a condition on `event_rows`
 */
async function denseRanges(database: Database, where: string): Promise<LineRange[]> {
  const [rows] = await database.rows<{ last: bigint | null }>('SELECT max(rowid) AS last FROM event_rows');
  const last = rows?.last ?? -1n;
  // The statistics of the column answer it at once where there is none.
  const long = await database.rows(`SELECT 1 FROM occurrences WHERE byte_length > ${longBytes} LIMIT 1`);
  const ranges: LineRange[] = [];
  let next = 0n;
  let previous: Part | undefined;
  for (const part of long.length === 0 ? [] : await denseParts(database, where)) {
    const isAdjacent = part.zone === previous?.zone;
    if (!isAdjacent && part.first > next) ranges.push({ first: next, last: part.first - 1n, isDense: false });
    ranges.push({ first: isAdjacent ? next : part.first, last: part.last, isDense: true });
    next = part.last + 1n;
    previous = part;
  }
  if (next <= last) ranges.push({ first: next, last, isDense: false });
  return ranges;
}

export { denseRanges, type LineRange, rangeBytes };
