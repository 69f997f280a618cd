import type { View } from './view';
import { columnsOfEvents, columnsOfType } from './view-columns';

const repeated = [
  'event_id',
  'event_type',
  'event_time',
  'message_id',
  'mail_timestamp',
  'configuration_set',
];

const eventTags: View = {
  name: 'event_tags',
  meaning: 'One row for each event and value of a message tag; automatic tags start with `ses:`.',
  columns: [...columnsOfEvents(repeated), ...columnsOfType('varchar', 'name', 'value')],
  sql: ({ eachNamedValue }) =>
    eachNamedValue('tags', {
      columns: repeated,
      from: 'unique_events',
      where: 'tags IS NOT NULL',
    }),
};

export { eventTags };
