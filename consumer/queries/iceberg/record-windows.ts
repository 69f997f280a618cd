import { allOccurrences, judgedLines } from '../lines/events-from-lines';
import { archiveTables, windowColumns } from './archive-tables';
import { type ArrivalDays, arrivedIn, selectedDays } from './arrival-days';
import { hasTimes, isAround } from './event-times';

/** Whether a row of the archive is the event of a line. */
const isSame = (archived: string, line: string, id: string) =>
  `${archived}.event_id = ${line}.${id} AND ${archived}.event_time IS NOT DISTINCT FROM ${line}.event_time`;

/**
 * The lines of each day, with the places that the archive has for their events. It is read around the days. Only events with
 * other times have `other_id`, and are looked up in the whole archive: without any, an engine can skip it.
 */
function lookedUpLines(days: ArrivalDays): string {
  const isOther = `is_event AND ${hasTimes('other', 'judged.event_time', days)}`;
  return `
    SELECT near.*, coalesce(near_places, other.places) AS known_places
    FROM ${archiveTables.events} AS other
    RIGHT JOIN (
      SELECT judged.*, archived.places AS near_places, CASE WHEN ${isOther} THEN judged.event_id END AS other_id
      FROM ${archiveTables.events} AS archived
      RIGHT JOIN (${judgedLines(arrivedIn(days))}) AS judged
      ON ${isSame('archived', 'judged', 'event_id')} AND ${isAround('archived.event_time', days)}
    ) AS near
    ON ${isSame('other', 'near', 'other_id')}`;
}

/** The lines of each day, compared with the places of their events in the archive. */
function comparedLines(days: ArrivalDays): string {
  return `
    SELECT dt, line, is_event, places, ${allOccurrences('places')} AS occurrences,
      is_event AND (known_places IS NULL OR cardinality(map_filter(places,
        (object, number) -> element_at(known_places, object) IS DISTINCT FROM number)) > 0) AS is_missing
    FROM (${lookedUpLines(days)}) looked_up`;
}

/** The sums of each day. */
function summedDays(days: ArrivalDays): string {
  const isUnreadable = "NOT is_event AND line <> ''";
  const objects = (condition: string) => `map_keys(map_union(places) FILTER (WHERE ${condition}))`;
  return `
    SELECT dt, count_if(is_event) AS events, count_if(is_missing) AS missing,
      sum(occurrences) FILTER (WHERE ${isUnreadable}) AS unreadable_lines,
      ${objects(isUnreadable)} AS unreadable, ${objects('is_event')} AS readable, ${objects('true')} AS objects
    FROM (${comparedLines(days)}) compared
    GROUP BY dt`;
}

/**
 * Returns the statement that records in `archive_windows` the days of arrival whose events are all in
 * `event_archive`, with their counts and the objects that contain no event. It compares each line with the
 * archive, so a merge that failed or has not ended records nothing. Answers read these days from the archive
 * only. A day that is already recorded is replaced. A day without lines is recorded after an earlier one with events was:
 * before, its lines can be outside the partitions of the catalog.
 */
function recordWindows(days: ArrivalDays): string {
  const names = windowColumns.map(({ name }) => name);
  const empty = 'CAST(ARRAY[] AS array(varchar))';
  return `MERGE INTO ${archiveTables.windows} AS recorded
USING (
  SELECT day AS arrival_day, coalesce(events, 0) AS events, coalesce(unreadable_lines, 0) AS unreadable_lines,
    coalesce(cardinality(unreadable), 0) AS unreadable_objects,
    coalesce(array_except(objects, coalesce(readable, ${empty})), ${empty}) AS other_objects,
    CAST(current_timestamp AT TIME ZONE 'UTC' AS timestamp(3)) AS recorded_at
  FROM (${selectedDays(days)}) AS days
  LEFT JOIN (${summedDays(days)}) AS summed ON summed.dt = CAST(day AS varchar)
  WHERE coalesce(missing, 0) = 0 AND (summed.dt IS NOT NULL OR EXISTS (
    SELECT 1 FROM ${archiveTables.windows} AS earlier WHERE earlier.arrival_day < day AND earlier.events > 0))
) AS complete
ON recorded.arrival_day = complete.arrival_day
WHEN MATCHED
  THEN UPDATE SET ${names.map((name) => `${name} = complete.${name}`).join(', ')}
WHEN NOT MATCHED
  THEN INSERT (${names.join(', ')})
  VALUES (${names.map((name) => `complete.${name}`).join(', ')})`;
}

export { recordWindows };
