import type { Dialect, ListField, Unnested } from '../dialects/dialect';
import { bounceClass } from './bounce-class';
import type { View } from './view';
import { columnsOfEvents, columnsOfType } from './view-columns';

/** The columns of the event that each of its recipients repeats. */
const eventColumns = [
  'event_id',
  'event_type',
  'event_time',
  'message_id',
  'mail_timestamp',
  'configuration_set',
  'source',
  'subject',
  'bounce_type',
  'bounce_sub_type',
  'complaint_sub_type',
  'complaint_feedback_type',
  'delay_type',
  'processing_time_millis',
  'reject_reason',
  'template_name',
  'error_message',
];

const noDetails = ['action', 'status', 'diagnostic_code'].map((name) => `CAST(NULL AS varchar) AS ${name}`);

/** The recipients of events whose record names them in a list of texts, or cannot name them. */
function ofTexts({ length, eachText }: Dialect): string {
  // An open or a click of a message with several recipients is nobody's: the record does not say whose.
  const list = `
    CASE
      WHEN event_type IN ('Send', 'Reject', 'Rendering Failure') THEN destination
      WHEN event_type = 'Delivery' THEN delivery_recipients
      WHEN event_type <> 'Unknown' AND ${length('destination')} = 1 THEN destination
      ELSE ARRAY[CAST(NULL AS varchar)]
    END`;
  const attribution = `
    CASE
      WHEN event_type IN ('Send', 'Reject', 'Rendering Failure', 'Delivery') THEN 'named'
      WHEN event_type <> 'Unknown' AND ${length('destination')} = 1 THEN 'named'
      ELSE 'unknown'
    END AS attribution`;
  const query: Unnested = {
    columns: [...eventColumns, attribution],
    from: 'unique_events',
    where: "event_type NOT IN ('Bounce', 'Complaint', 'DeliveryDelay')",
  };
  return `SELECT ${eventColumns.join(', ')}, attribution, item AS recipient, ${noDetails.join(', ')} FROM (${eachText(list, query)}) named_in_texts`;
}

const address: ListField = { key: 'emailAddress', name: 'recipient' };
const details: readonly ListField[] = [
  { key: 'action', name: 'action' },
  { key: 'status', name: 'status' },
  { key: 'diagnosticCode', name: 'diagnostic_code' },
];

/** The recipients of a kind whose record has a list of objects. */
function ofObjects(
  { eachObject }: Dialect,
  kind: string,
  column: string,
  fields: readonly ListField[],
  attribution: 'named' | 'candidates',
): string {
  const query: Unnested = {
    columns: [...eventColumns, `'${attribution}' AS attribution`],
    from: 'unique_events',
    where: `event_type = '${kind}'`,
  };
  const missing = details
    .filter(({ name }) => !fields.some((field) => field.name === name))
    .map(({ name }) => `CAST(NULL AS varchar) AS ${name}`);
  const columns = [...eventColumns, 'attribution', ...fields.map(({ name }) => name), ...missing];
  const order = [...eventColumns, 'attribution', 'recipient', 'action', 'status', 'diagnostic_code'];
  return `SELECT ${order.join(', ')} FROM (SELECT ${columns.join(', ')} FROM (${eachObject(column, fields, query)}) listed_objects) named_in_objects`;
}

/** One row for each event and recipient; see `eventRecipients`, which says the same of one event. */
const recipients: View = {
  name: 'recipients',
  meaning:
    'One row for each event and recipient that it is about; an event that names nobody has one row whose recipient is NULL.',
  columns: [
    ...columnsOfEvents(eventColumns),
    ...columnsOfType('varchar', 'attribution', 'recipient', 'action', 'status', 'diagnostic_code'),
    ...columnsOfType('varchar', 'address', 'status_code', 'domain', 'bounce_class'),
  ],
  sql(dialect) {
    const rows = [
      ofTexts(dialect),
      ofObjects(dialect, 'Bounce', 'bounced_recipients', [address, ...details], 'named'),
      ofObjects(dialect, 'Complaint', 'complained_recipients', [address], 'candidates'),
      ofObjects(
        dialect,
        'DeliveryDelay',
        'delayed_recipients',
        [address, ...details.filter(({ name }) => name !== 'action')],
        'named',
      ),
    ].join('\nUNION ALL\n');
    const inBrackets = dialect.matched('recipient', "'<([^<>]+)>[ ]*$'");
    return `
      SELECT *,
        CASE WHEN strpos(address, '@') > 0 THEN ${dialect.behindLastAt('address')} END AS domain,
        ${bounceClass} AS bounce_class
      FROM (
        SELECT *,
          lower(CASE WHEN strpos(recipient, '<') > 0 THEN coalesce(${inBrackets}, recipient) ELSE recipient END) AS address,
          coalesce(status, ${dialect.matched('diagnostic_code', "'(?:^|[^0-9.])([245][.][0-9]{1,3}[.][0-9]{1,3})(?:[^0-9.]|$)'")}) AS status_code
        FROM (${rows}) everybody
      ) known`;
  },
};

export { recipients };
