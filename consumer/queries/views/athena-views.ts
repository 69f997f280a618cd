import { trino } from '../../archive/dialects/trino';
import { deliveredAt, objectName } from '../../archive/views/arrivals';
import { columnsOfEvents, columnsOfType, type View } from '../../archive/views/view';
import { views } from '../../archive/views/views';
import { type EventTables, events, joinedDeliveries, objects } from '../iceberg/event-source';
import { allOccurrences, eventColumns, firstObject, unreadableLines } from '../lines/events-from-lines';

/** Returns the base views of the questions, over tables of text lines, the Iceberg archive, or both. */
function athenaViews(tables: EventTables): readonly View[] {
  const arrivalColumns = ['event_id', 'event_type', 'event_time', 'configuration_set', 'message_id'];
  return [
    {
      name: 'events',
      meaning: 'One row for each distinct event, with typed columns.',
      columns: eventColumns,
      sql: () => events(tables),
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
      columns: eventColumns,
      sql: () => 'SELECT * FROM events',
    },
    {
      name: 'arrivals',
      meaning: 'One row for each event, with the time of its first delivery and its number of occurrences.',
      columns: [
        ...columnsOfEvents(arrivalColumns),
        ...columnsOfType('timestamp(3)', 'delivered_at'),
        ...columnsOfType('bigint', 'occurrences'),
      ],
      sql: () => `
        SELECT ${arrivalColumns.join(', ')}, ${deliveredAt(trino, 'object')} AS delivered_at, occurrences
        FROM (
          SELECT ${arrivalColumns.join(', ')}, ${firstObject('places')} AS object, ${allOccurrences('places')} AS occurrences
          FROM (${joinedDeliveries(tables, arrivalColumns)}) deliveries
        ) placed`,
    },
    {
      name: 'event_objects',
      meaning: 'One row for each object that is not empty, with the time in its name.',
      columns: [...columnsOfType('varchar', 'object'), ...columnsOfType('timestamp(3)', 'delivered_at')],
      sql: () => `
        SELECT ${objectName(trino, 'object')} AS object, ${deliveredAt(trino, 'object')} AS delivered_at
        FROM (${objects(tables)}) paths`,
    },
  ];
}

/** Returns all views over the tables of the catalog, in the order of their creation. */
function catalogViews(tables: EventTables): readonly View[] {
  return [...athenaViews(tables), ...views];
}

export { catalogViews };
