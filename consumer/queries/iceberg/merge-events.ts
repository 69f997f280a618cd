import { deliveriesFromLines, eventId } from '../lines/events-from-lines';
import { archiveColumns, archiveTables } from './archive-tables';
import { type ArrivalDays, arrivedIn } from './arrival-days';
import { originalId, withoutErased } from './erased-lines';
import { type EventTimes, hasTimes, isAround } from './event-times';

/** Whether some places are not in other places. */
const isNew = (places: string, known: string) =>
  `cardinality(map_filter(${places}, (object, number) -> element_at(${known}, object) IS NULL)) > 0`;

/**
 * The lines that are not in the archive with all their places, as far as the days around their arrival show. Most
 * events arrive within days. The others are found by MERGE, after their record was parsed.
 */
function newLines(lines: string, days: ArrivalDays): string {
  return `
      SELECT line, found.places AS places
      FROM (${lines}) AS found
      LEFT JOIN (
        SELECT event_id, places FROM ${archiveTables.events}
        WHERE ${isAround('event_time', days)}
      ) AS known ON known.event_id = ${eventId}
      WHERE known.event_id IS NULL OR ${isNew('found.places', 'known.places')}`;
}

const names = archiveColumns.map(({ name }) => name);

/**
 * Returns the statement that adds the events of days of arrival to `event_archive`. An event that is already
 * there is not added again. Its places are extended if it also arrived in other objects. The statement gives the
 * same rows when it runs again, when days overlap, and in any order of days.
 *
 * The times are compared only so that an engine can limit the archive to the days of the events.
 *
 * @param times the events to add: those with times around the days, for which the archive is read around these days only,
 *   or the others, for which it is read whole if there are any
 * @param where a further condition on the events; by default none
 */
function mergeEvents(days: ArrivalDays, times: EventTimes, where = 'true'): string {
  const isSame = [
    'archived.event_id = delivered.event_id',
    'archived.event_time IS NOT DISTINCT FROM delivered.event_time',
    ...(times === 'around' ? [isAround('archived.event_time', days)] : []),
  ].join(' AND ');
  const all = deliveriesFromLines(arrivedIn(days), {
    only: (lines) => withoutErased(newLines(lines, days)),
    id: originalId,
  });
  const delivered = `SELECT * FROM (${all}) deliveries WHERE ${hasTimes(times, 'event_time', days)} AND ${where}`;
  return `MERGE INTO ${archiveTables.events} AS archived
USING (${delivered}) AS delivered
ON ${isSame}
WHEN MATCHED AND ${isNew('delivered.places', 'archived.places')}
  THEN UPDATE SET places = map_concat(delivered.places, archived.places)
WHEN NOT MATCHED
  THEN INSERT (${names.join(', ')})
  VALUES (${names.map((name) => `delivered.${name}`).join(', ')})`;
}

export { mergeEvents };
