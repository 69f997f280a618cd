import { allOccurrences, deliveriesFromLines, eventColumns, unreadable } from '../lines/events-from-lines';
import { foundLines, type LineTables } from '../lines/found-lines';
import { archiveColumns, archiveTables } from './archive-tables';

/**
 * Where answers read events: from the lines of the bucket, from the Iceberg archive, or from both. With both, the
 * lines of days that `archive_windows` has are not read.
 */
type EventSource = 'lines' | 'archive' | 'both';

/** Where the statements of an answer read events. */
interface Reading {
  source: EventSource;
  /**
   * With both: the condition on the days of arrival `dt` whose lines are read.
   * @default - a subquery over `archive_windows`
   */
  open?: string | undefined;
}

/** The tables from which events are read. By default only those of lines. */
interface EventTables extends LineTables, Partial<Reading> {
  /**
   * A condition on `event_time` that all events of the answer satisfy, so that the archive reads only their days.
   * @default - all events
   */
  times?: string | undefined;
}

/**
 * The days of arrival that are not complete in the archive, as far as the table of them shows. They are listed, instead of
 * excluding the others, because engines only skip partitions by a list. A sequence has at most 10,000
 * days, and these are more than 24 years.
 */
const notRecorded = `dt IN (
    SELECT CAST(day AS varchar) FROM UNNEST(sequence(date_add('day', -9000, current_date), date_add('day', 1, current_date))) AS days (day)
    WHERE day NOT IN (SELECT arrival_day FROM ${archiveTables.windows}))`;

/** The lines that are read in addition to the archive. */
function openLines({ events, errors, where, open = notRecorded }: EventTables): LineTables {
  return { events, errors, where: where === undefined ? open : `${where} AND ${open}` };
}

/** The columns of the archive, with timestamps to the millisecond as in lines. */
function archived(columns: readonly { name: string; type: string }[], { times }: EventTables): string {
  const selected = columns.map(({ name, type }) =>
    type === 'timestamp(3)' ? `CAST(${name} AS ${type}) AS ${name}` : name,
  );
  // The condition is on the column itself: engines do not skip files by the result of a CAST.
  const where = times === undefined ? '' : ` WHERE ${times}`;
  return `SELECT ${selected.join(', ')} FROM (SELECT * FROM ${archiveTables.events}${where}) timed`;
}

const namesOf = (columns: readonly { name: string }[], table?: string) =>
  columns.map(({ name }) => (table === undefined ? name : `${table}.${name}`)).join(', ');

/** Selects events: one row for each distinct event, with the columns of {@link eventColumns}. */
function events(tables: EventTables): string {
  const { source = 'lines' } = tables;
  if (source === 'archive') return archived(eventColumns, tables);
  if (source === 'lines')
    return `SELECT ${namesOf(eventColumns)} FROM (${deliveriesFromLines(tables)}) deliveries`;
  // A join that reads the lines first, so that only the days of their events are looked up in the archive.
  return `
    ${archived(eventColumns, tables)}
    UNION ALL
    SELECT ${namesOf(eventColumns, 'delivered')}
    FROM (SELECT event_id, event_time FROM ${archiveTables.events}) AS archived
    RIGHT JOIN (${deliveriesFromLines(openLines(tables))}) AS delivered
      ON archived.event_id = delivered.event_id AND archived.event_time IS NOT DISTINCT FROM delivered.event_time
    WHERE archived.event_id IS NULL`;
}

/**
 * Selects events with the objects that contain them, the columns of `event_archive`. With both sources, an event can
 * have one row in each.
 */
function deliveries(tables: EventTables): string {
  const { source = 'lines' } = tables;
  if (source === 'archive') return archived(archiveColumns, tables);
  if (source === 'lines') return deliveriesFromLines(tables);
  return `${archived(archiveColumns, tables)} UNION ALL SELECT ${namesOf(archiveColumns)} FROM (${deliveriesFromLines(openLines(tables))}) delivered`;
}

/** Selects columns of events with all their places, one row for each event. The columns include `event_id`. */
function joinedDeliveries(tables: EventTables, columns: readonly string[]): string {
  const names = columns.join(', ');
  const found = `FROM (${deliveries(tables)}) deliveries`;
  if (tables.source !== 'both') return `SELECT ${names}, places ${found}`;
  return `SELECT ${names}, map_union(places) AS places ${found} GROUP BY ${names}`;
}

/** Selects the path of each object that is not empty. */
function objects(tables: EventTables): string {
  const { source = 'lines' } = tables;
  const inArchive = `
    SELECT object FROM ${archiveTables.events} CROSS JOIN UNNEST(map_keys(places)) AS keys (object)
    UNION SELECT object FROM ${archiveTables.windows} CROSS JOIN UNNEST(other_objects) AS others (object)`;
  if (source === 'archive') return inArchive;
  if (source === 'lines') return `SELECT DISTINCT object FROM (${foundLines(tables)}) found`;
  return `${inArchive} UNION SELECT object FROM (${foundLines(openLines(tables))}) found`;
}

/**
 * Returns the query of the number of lines that are not events, and of the objects that contain them. Equal lines
 * count each, so that the days of the archive can be added to the days of the lines.
 */
function unreadableCount(tables: EventTables): string {
  const { source = 'lines', where = 'true' } = tables;
  const inArchive = `
    SELECT unreadable_lines AS lines, unreadable_objects AS objects
    FROM (SELECT *, CAST(arrival_day AS varchar) AS dt FROM ${archiveTables.windows}) days
    WHERE ${where}`;
  const inLines = (lines: LineTables) => `
    SELECT sum(occurrences) AS lines, cardinality(map_union(places)) AS objects
    FROM (SELECT places, ${allOccurrences('places')} AS occurrences FROM (${unreadable(lines)}) lines) counted`;
  const counts = {
    lines: () => inLines(tables),
    archive: () => inArchive,
    both: () => `${inArchive} UNION ALL ${inLines(openLines(tables))}`,
  };
  return `SELECT coalesce(sum(lines), 0) AS lines, coalesce(sum(objects), 0) AS objects\nFROM (${counts[source]()}) counts`;
}

export {
  deliveries,
  type EventSource,
  type EventTables,
  events,
  joinedDeliveries,
  objects,
  type Reading,
  unreadableCount,
};
