import type { EventKind } from '../../events';
import { sqlText, sqlTime } from '../dialects/literals';
import { eventColumns } from '../store/schema';

/** The events to export; all by default. */
interface ExportFilter {
  /**
   * Only these kinds.
   * @default - all, including unknown ones
   */
  kinds?: readonly EventKind[] | undefined;
  /** Only events at or after this time. Events without a time are skipped. */
  since?: Date | undefined;
  /** Only events before this time. Events without a time are skipped. */
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

/** The order of every export: the same archive exports the same bytes. */
const eventOrder = 'event_rows.event_time NULLS LAST, event_rows.event_id';

const allEvents = {
  from: 'event_rows',
  table: 'event_rows',
  keys: 'event_time, event_id',
  order: eventOrder,
} as const;

/** The query of the row ids of some events, in the order of every export. */
function eventIds(condition: string): string {
  return `SELECT rowid FROM event_rows WHERE ${condition} ORDER BY ${eventOrder}`;
}

/** The query of some rows of the view `events`, in the order of every export. */
function eventQuery(condition: string): string {
  return `SELECT ${eventColumns} FROM event_rows WHERE ${condition} ORDER BY ${eventOrder}`;
}

export { allEvents, type ExportFilter, eventCondition, eventIds, eventQuery };
