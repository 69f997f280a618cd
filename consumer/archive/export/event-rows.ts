import type { Database, ResultRow } from '../store/database';
import { orderedSlices } from '../store/ordered-slices';
import { eventColumns } from '../store/schema';
import { type ExportFilter, eventCondition, eventOrder } from './filter';

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

export { allEvents, eventQuery, eventRows };
