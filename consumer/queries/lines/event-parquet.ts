import type { ViewColumn } from '../../archive/views/view';
import { eventsFromLines, lineEventColumns } from './events-from-lines';

/** The columns of a Parquet table of events: those of `events` but the line itself, which stays in the bucket. */
const eventParquetColumns: readonly ViewColumn[] = lineEventColumns.filter(({ name }) => name !== 'line');

/** What stands for the day in {@link fillEventParquet}; it is no date, so that nothing runs before it is replaced. */
const dayPlaceholder = '{day}';

/** How many days after it happened an event may arrive and still be found. */
const lookAheadDays = 3;

interface ParquetTables {
  /** The table of delivered lines. */
  events: string;
  /** The table of lines below the errors prefix. */
  errors: string;
  /** The table of Parquet, partitioned by `day`. */
  parquet: string;
}

/**
 * A statement that fills one day of a Parquet table, by the day of the event in UTC: each event once, from the lines
 * that arrived from the day before (clocks differ) to three days after. Run again, it adds the day's events again.
 *
 * @example fillEventParquet({ events: 'event_lines', errors: 'error_lines', parquet: 'event_parquet' })
 */
function fillEventParquet({ events, errors, parquet }: ParquetTables): string {
  const day = `DATE '${dayPlaceholder}'`;
  const arrived = (days: number) => `CAST(date_add('day', ${days}, ${day}) AS varchar)`;
  const where = `dt >= ${arrived(-1)} AND dt <= ${arrived(lookAheadDays)}`;
  return `INSERT INTO ${parquet}
SELECT ${eventParquetColumns.map(({ name }) => name).join(', ')}, CAST(CAST(event_time AS date) AS varchar) AS day
FROM (${eventsFromLines({ events, errors, where })}) events
WHERE CAST(event_time AS date) = ${day}`;
}

export { eventParquetColumns, fillEventParquet };
