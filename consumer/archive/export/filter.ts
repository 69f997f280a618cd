import type { EventKind } from '../../events';
import { sqlText, sqlTime } from '../dialects/literals';

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

export { type ExportFilter, eventCondition, eventOrder };
