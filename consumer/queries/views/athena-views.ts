import { trino } from '../../archive/dialects/trino';
import { deliveredAt, objectName } from '../../archive/views/arrivals';
import { columnsOfEvents, columnsOfType, type View } from '../../archive/views/view';
import { views } from '../../archive/views/views';
import {
  eventsFromLines,
  type LineTables,
  lineEventColumns,
  unreadableLines,
} from '../lines/events-from-lines';

/** Returns the base views of the questions, over tables of text lines. */
function athenaViews(tables: LineTables): readonly View[] {
  const { events, errors, where = 'true' } = tables;
  return [
    {
      name: 'events',
      meaning: 'One row for each distinct event, with typed columns.',
      columns: lineEventColumns,
      sql: () => eventsFromLines(tables),
    },
    {
      name: 'unreadable_lines',
      meaning:
        'The lines that are not event-publishing records, with their first object and number of occurrences.',
      columns: [...columnsOfType('varchar', 'line', 'object'), ...columnsOfType('bigint', 'occurrences')],
      sql: () => unreadableLines(tables),
    },
    {
      name: 'unique_events',
      meaning: 'The same rows as `events`, because the tables of lines contain no legacy twins.',
      columns: lineEventColumns,
      sql: () => 'SELECT * FROM events',
    },
    {
      name: 'arrivals',
      meaning: 'One row for each event, with the time of its first delivery and its number of occurrences.',
      columns: [
        ...columnsOfEvents(['event_id', 'event_type', 'event_time', 'configuration_set', 'message_id']),
        ...columnsOfType('timestamp(3)', 'delivered_at'),
        ...columnsOfType('bigint', 'occurrences'),
      ],
      sql: () => `
        SELECT event_id, event_type, event_time, configuration_set, message_id,
          ${deliveredAt(trino, 'object')} AS delivered_at, occurrences
        FROM events`,
    },
    {
      name: 'event_objects',
      meaning: 'One row for each object that is not empty, with the time in its name.',
      columns: [...columnsOfType('varchar', 'object'), ...columnsOfType('timestamp(3)', 'delivered_at')],
      sql: () => `
        SELECT ${objectName(trino, 'object')} AS object, ${deliveredAt(trino, 'object')} AS delivered_at
        FROM (
          SELECT "$path" AS object FROM ${events} WHERE ${where}
          UNION SELECT "$path" FROM ${errors} WHERE ${where}
        ) paths`,
    },
  ];
}

/** Returns all views over tables of text lines, in the order of their creation. */
function catalogViews(tables: LineTables): readonly View[] {
  return [...athenaViews(tables), ...views];
}

export { catalogViews };
