import { duckdb } from '../dialects/duckdb';
import { sqlText } from '../dialects/literals';
import { eventColumns, idText } from '../store/schema';
import { deliveredAt, objectName } from './arrivals';
import type { ArchiveView } from './view';
import { views } from './views';

/**
 * The conditions that a published event is the twin of a legacy notification: the same feedback, or the same message,
 * kind and time.
 *
 * @param legacy the table that has the notification
 */
const isTwin = (legacy: string): readonly string[] =>
  [['feedback_id'], ['event_time', 'message_id']].map((columns) =>
    [
      "published.origin = 'event-publishing'",
      ...['event_type', ...columns].map((name) => `published.${name} = ${legacy}.${name}`),
    ].join(' AND '),
  );

const isLegacy = "origin = 'legacy-notification'";

/** The base views of the questions, from the tables of an archive. */
const duckdbViews: readonly ArchiveView[] = [
  {
    name: 'events',
    meaning: 'One row for each event, with all columns.',
    sql: () => `SELECT ${eventColumns} FROM event_rows`,
  },
  {
    name: 'unique_events',
    meaning: 'The events without legacy twins. Questions count these events.',
    sql: () => `
      SELECT ${eventColumns} FROM event_rows WHERE NOT ${isLegacy}
      UNION ALL
      SELECT ${eventColumns} FROM event_rows
      WHERE ${[isLegacy, ...isTwin('event_rows').map((twin) => `NOT EXISTS (FROM event_rows published WHERE ${twin})`)].join('\n        AND ')}`,
  },
  {
    name: 'arrivals',
    meaning: 'One row for each event, with the time of its first delivery and its number of occurrences.',
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
  {
    name: 'event_occurrences',
    meaning: 'One row for each occurrence of an event: its object and its position there.',
    sql: () => `
      SELECT ${idText('event_id')} AS event_id, object, byte_offset, byte_length, record_index, envelopes, firehose_error
      FROM occurrences JOIN objects USING (object_number)`,
  },
  {
    name: 'duplicates',
    meaning: 'The rows of `event_occurrences` that are duplicates.',
    sql: () => `
      SELECT * FROM event_occurrences
      QUALIFY row_number() OVER (PARTITION BY event_id ORDER BY object, byte_offset, record_index NULLS FIRST) > 1`,
  },
  {
    name: 'feedback_twins',
    meaning: 'Legacy notifications with the feedback id of a published event, and that event.',
    sql: () => `
      SELECT ${idText('legacy.event_id')} AS event_id, ${idText('published.event_id')} AS twin_of
      FROM event_rows legacy JOIN event_rows published USING (feedback_id, event_type)
      WHERE legacy.origin = 'legacy-notification' AND published.origin = 'event-publishing'`,
  },
];

/** The query of `unique_events` in a session, after {@link twinTables} has looked for the twins. */
const sessionUniqueEvents = `
  SELECT ${eventColumns} FROM event_rows WHERE NOT ${isLegacy} OR event_id NOT IN (FROM temp.twins)`;

/**
 * Statements that look for twins once for one session, and not in every question. Few archives have twins.
 */
const twinTables = `
  CREATE OR REPLACE TEMP TABLE legacy_notifications AS
    SELECT event_id, event_type, message_id, event_time, feedback_id FROM event_rows WHERE ${isLegacy};
  CREATE OR REPLACE TEMP TABLE twins AS
    ${isTwin('legacy')
      .map(
        (twin) =>
          `SELECT legacy.event_id FROM legacy_notifications legacy JOIN event_rows published ON ${twin}`,
      )
      .join('\n    UNION\n    ')};`;

/** Statements that make `unique_events` faster for one session. */
const sessionTwins = `${twinTables}
  CREATE OR REPLACE TEMP VIEW unique_events AS ${sessionUniqueEvents};`;

/** The views of an archive's file, each after those that it reads. */
const storedViews: readonly ArchiveView[] = [...duckdbViews, ...views];

/**
 * The statements that create a view of the archive in use. A stored view has its meaning as a comment, which other
 * programs show. The comment is lost when another program replaces the view.
 *
 * @param isTemporary whether it is temporary in the session, and hides the stored view of its name
 */
function createView({ name, meaning, sql }: ArchiveView, { isTemporary = false } = {}): string {
  const query = sql(duckdb).trim();
  if (isTemporary) return `CREATE OR REPLACE TEMP VIEW ${name} AS ${query};`;
  return `CREATE OR REPLACE VIEW ${name} AS ${query};\nCOMMENT ON VIEW ${name} IS ${sqlText(meaning)};`;
}

export { createView, duckdbViews, sessionTwins, sessionUniqueEvents, storedViews, twinTables };
