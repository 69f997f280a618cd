import type { EventKind } from '../../events';
import { sqlText, sqlTime } from '../dialects/literals';
import type { Database, ResultRow } from '../store/database';
import { orderedSlices } from '../store/ordered-slices';
import { eventColumns } from '../store/schema';

/** Which events to export; all when nothing is said. */
interface ExportFilter {
  /**
   * Only these kinds.
   * @default - all, unknown ones too
   */
  kinds?: readonly EventKind[] | undefined;
  /** Only events that happened at or after this time; one without a time is outside. */
  since?: Date | undefined;
  /** Only events that happened before this time; one without a time is outside. */
  until?: Date | undefined;
}

/** The filter as a condition on `event_rows`. */
function eventCondition({ kinds, since, until }: ExportFilter): string {
  const conditions = [
    ...(kinds === undefined ? [] : [`event_type IN (${kinds.map(sqlText).join(', ') || 'NULL'})`]),
    ...(since === undefined ? [] : [`event_time >= ${sqlTime(since)}`]),
    ...(until === undefined ? [] : [`event_time < ${sqlTime(until)}`]),
  ];
  return conditions.join(' AND ') || 'true';
}

/** The order of every export: the same archive gives the same bytes. */
const eventOrder = 'event_rows.event_time NULLS LAST, event_rows.event_id';

const allEvents = {
  from: 'event_rows',
  table: 'event_rows',
  keys: 'event_time, event_id',
  order: eventOrder,
} as const;

/** The query of some rows as the view `events` has them, in the order of every export. */
function eventQuery(condition: string): string {
  return `SELECT ${eventColumns} FROM event_rows WHERE ${condition} ORDER BY ${eventOrder}`;
}

/**
 * The rows of the view `events`, in the order of time and id; those without a time come last.
 *
 * @example
 * ```ts
 * await readArchive('ses-events.duckdb', {}, async (database) => {
 *   for await (const row of eventRows(database, { kinds: ['Bounce'] })) console.log(eventJson(row));
 * });
 * ```
 */
async function* eventRows(database: Database, filter: ExportFilter = {}): AsyncGenerator<ResultRow, void> {
  const where = eventCondition(filter);
  for await (const { condition } of orderedSlices(database, { ...allEvents, where })) {
    for await (const rows of database.stream(eventQuery(condition))) yield* rows;
  }
}

export { allEvents, type ExportFilter, eventCondition, eventQuery, eventRows };
