import { eventColumns, idText } from '../database/schema';
import { duckdb } from '../dialects/duckdb';
import { deliveredAt, objectName } from './arrivals';
import type { View } from './view';

/**
 * Legacy notifications of which the archive has the event-publishing record as well: the same feedback, or
 * the same message, kind and time. They are kept, and counted once. Few archives have any, so they are
 * looked for once a session and not by every question.
 */
const findTwins = `
  CREATE OR REPLACE TEMP TABLE legacy_notifications AS
    SELECT event_id, event_type, message_id, event_time, feedback_id FROM event_rows
    WHERE origin = 'legacy-notification';
  CREATE OR REPLACE TEMP TABLE twins AS
    SELECT legacy.event_id
    FROM legacy_notifications legacy JOIN event_rows published USING (event_type, feedback_id)
    WHERE published.origin = 'event-publishing'
    UNION
    SELECT legacy.event_id
    FROM legacy_notifications legacy JOIN event_rows published USING (event_type, event_time)
    WHERE published.origin = 'event-publishing' AND legacy.message_id = published.message_id;`;

/** What the questions stand on, from the tables of an archive. */
const duckdbViews: readonly View[] = [
  {
    name: 'unique_events',
    meaning:
      'The events, without legacy notifications of what event publishing has told as well: what the questions count.',
    sql: () =>
      `SELECT ${eventColumns} FROM event_rows WHERE origin <> 'legacy-notification' OR event_id NOT IN (FROM twins)`,
  },
  {
    name: 'arrivals',
    meaning: 'One row for each event: when it was first delivered, and in how many places it was found.',
    sql: () => `
      SELECT ${idText('event_rows.event_id')} AS event_id, event_type, event_time, configuration_set, message_id,
        delivered_at, found.occurrences
      FROM event_rows JOIN (
        SELECT event_id, min(delivered_at) AS delivered_at, count(*) AS occurrences
        FROM occurrences JOIN (
          SELECT object_number, ${deliveredAt(duckdb, 'object')} AS delivered_at FROM objects
        ) delivered USING (object_number)
        GROUP BY event_id
      ) found ON found.event_id = event_rows.event_id`,
  },
  {
    name: 'event_objects',
    meaning: 'One row for each object that is not empty, with the time in its name.',
    sql: () =>
      `SELECT ${objectName(duckdb, 'object')} AS object, ${deliveredAt(duckdb, 'object')} AS delivered_at FROM objects WHERE bytes > 0`,
  },
];

export { duckdbViews, findTwins };
