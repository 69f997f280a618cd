import { eventColumns, idText } from '../../archive/database/schema';
import { duckdb } from '../dialects/duckdb';
import { deliveredAt, objectName } from './arrivals';
import type { View } from './view';

/**
 * Legacy notifications of which the archive has the event-publishing record as well: the same feedback, or
 * the same message, kind and time. They are kept, and counted once.
 */
const twins = `
  SELECT legacy.event_id
  FROM event_rows legacy JOIN event_rows published USING (event_type, message_id)
  WHERE legacy.origin = 'legacy-notification' AND published.origin = 'event-publishing'
    AND (legacy.feedback_id = published.feedback_id OR legacy.event_time = published.event_time)`;

/** What the questions stand on, from the tables of an archive. */
const duckdbViews: readonly View[] = [
  {
    name: 'unique_events',
    meaning:
      'The events, without legacy notifications of what event publishing has told as well: what the questions count.',
    sql: () =>
      `SELECT ${eventColumns} FROM event_rows WHERE origin <> 'legacy-notification' OR event_id NOT IN (${twins})`,
  },
  {
    name: 'arrivals',
    meaning: 'One row for each event: when it was first delivered, and in how many places it was found.',
    sql: () => `
      SELECT ${idText('event_rows.event_id')} AS event_id, event_type, event_time, configuration_set, message_id,
        delivered_at, found.occurrences
      FROM event_rows JOIN (
        SELECT event_id, min(${deliveredAt(duckdb, 'object')}) AS delivered_at, count(*) AS occurrences
        FROM occurrences JOIN objects USING (object_number) GROUP BY event_id
      ) found ON found.event_id = event_rows.event_id`,
  },
  {
    name: 'event_objects',
    meaning: 'One row for each object that is not empty, with the time in its name.',
    sql: () =>
      `SELECT ${objectName(duckdb, 'object')} AS object, ${deliveredAt(duckdb, 'object')} AS delivered_at FROM objects WHERE bytes > 0`,
  },
];

export { duckdbViews };
