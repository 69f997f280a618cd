import type { View } from './view';

const eventTags: View = {
  name: 'event_tags',
  meaning: 'One row for each event and value of a message tag; automatic tags start with `ses:`.',
  sql: ({ eachNamedValue }) =>
    eachNamedValue('tags', {
      columns: ['event_id', 'event_type', 'event_time', 'message_id', 'mail_timestamp', 'configuration_set'],
      from: 'unique_events',
      where: 'tags IS NOT NULL',
    }),
};

export { eventTags };
