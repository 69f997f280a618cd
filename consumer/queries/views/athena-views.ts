import { trino } from '../../archive/dialects/trino';
import { deliveredAt, objectName } from '../../archive/views/arrivals';
import type { View } from '../../archive/views/view';
import { eventsFromLines, type LineTables, unreadableLines } from '../lines/events-from-lines';

/** What the questions stand on, from tables of text lines. */
function athenaViews(tables: LineTables): readonly View[] {
  const { events, errors, where = 'true' } = tables;
  return [
    {
      name: 'events',
      meaning: 'One row for each event, typed, each once.',
      sql: () => eventsFromLines(tables),
    },
    {
      name: 'unreadable_lines',
      meaning: 'The lines that are no event-publishing record: where they are, and how often.',
      sql: () => unreadableLines(tables),
    },
    {
      name: 'unique_events',
      meaning: 'The events: tables of lines hold no legacy notifications that could be twins.',
      sql: () => 'SELECT * FROM events',
    },
    {
      name: 'arrivals',
      meaning: 'One row for each event: when it was first delivered, and in how many places it was found.',
      sql: () => `
        SELECT event_id, event_type, event_time, configuration_set, message_id,
          ${deliveredAt(trino, 'object')} AS delivered_at, occurrences
        FROM events`,
    },
    {
      name: 'event_objects',
      meaning: 'One row for each object that is not empty, with the time in its name.',
      sql: () => `
        SELECT ${objectName(trino, 'object')} AS object, ${deliveredAt(trino, 'object')} AS delivered_at
        FROM (
          SELECT "$path" AS object FROM ${events} WHERE ${where}
          UNION SELECT "$path" FROM ${errors} WHERE ${where}
        ) paths`,
    },
  ];
}

export { athenaViews };
