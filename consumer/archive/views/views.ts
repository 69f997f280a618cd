import { viewsOfKinds } from './kinds';
import { messages } from './messages';
import { countedOutcomes, hasOutcome } from './outcome';
import { recipients } from './recipients';
import { columnsOfEvents, columnsOfType, type View } from './view';

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
  meaning:
    'One row for each event and value of a message tag. The names of automatic tags start with `ses:`.',
  columns: [...columnsOfEvents(repeated), ...columnsOfType('varchar', 'name', 'value')],
  sql: ({ eachNamedValue }) =>
    eachNamedValue('tags', {
      columns: repeated,
      from: 'unique_events',
      where: 'tags IS NOT NULL',
    }),
};

/** Each email, with its outcomes: the base of every question that counts emails. */
const emails: View = {
  name: 'emails',
  meaning: 'One row for each email (a message to one recipient), with its outcomes.',
  columns: [
    ...columnsOfEvents(['message_id']),
    ...columnsOfType('varchar', 'address', 'domain'),
    ...columnsOfType('timestamp(3)', 'sent_at'),
    ...columnsOfEvents(['configuration_set', 'source']),
    ...columnsOfType('boolean', ...countedOutcomes),
  ],
  sql: () => `
    SELECT message_id, address, min(domain) AS domain, min(mail_timestamp) AS sent_at,
      min(configuration_set) AS configuration_set, min(source) AS source,
      ${countedOutcomes.map((name) => `bool_or(outcome = '${name}') AS ${name}`).join(',\n      ')}
    FROM recipients
    WHERE ${hasOutcome}
    GROUP BY message_id, address`,
};

/** The views whose text is the same on both engines, in the order of their creation. */
const views: readonly View[] = [...viewsOfKinds, recipients, emails, messages, eventTags];

export { views };
