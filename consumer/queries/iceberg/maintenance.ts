import { archiveTables } from './archive-tables';

/**
 * Returns the statement that joins small files of a table, as Athena spells it. It does not change rows.
 *
 * @see https://docs.aws.amazon.com/athena/latest/ug/optimize-statement.html
 */
const joinFiles = (table: string): string => `OPTIMIZE ${table} REWRITE DATA USING BIN_PACK`;

/**
 * Returns the statement that removes old snapshots of a table, with the files that only they use.
 *
 * @see https://docs.aws.amazon.com/athena/latest/ug/vacuum-statement.html
 */
const removeOldFiles = (table: string): string => `VACUUM ${table}`;

/** Returns the statement that deletes events that are older than a number of days, by the time of the event. */
function deleteOldEvents(days: number | string): string {
  // At the start of a day, so that whole files are removed and none is rewritten. Without the lower bound, Iceberg can
  // also remove the files of events without a time: it compares NULL as the smallest value.
  return `DELETE FROM ${archiveTables.events}
WHERE event_time >= TIMESTAMP '0001-01-01 00:00:00' AND event_time < date_add('day', -(${days}), current_date)`;
}

/** Returns the statement that deletes events without a time, by the day of their last arrival. */
function deleteOldUndated(days: number | string): string {
  const arrival = "regexp_extract(object, 'dt=([0-9]{4}-[0-9]{2}-[0-9]{2})/', 1)";
  return `DELETE FROM ${archiveTables.events}
WHERE event_time IS NULL AND all_match(map_keys(places),
  object -> ${arrival} < CAST(date_add('day', -(${days}), current_date) AS varchar))`;
}

export { deleteOldEvents, deleteOldUndated, joinFiles, removeOldFiles };
