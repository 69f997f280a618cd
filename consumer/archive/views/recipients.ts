import type { Dialect, ListField, ListSource } from '../dialects/dialect';
import { bounceClass } from './bounce-class';
import { mailboxAddress, sourceColumns, sourceParts } from './mailbox';
import { outcome } from './outcome';
import { columnsOfEvents, columnsOfType, type View } from './view';

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

const namedInTexts = "event_type IN ('Send', 'Reject', 'Rendering Failure', 'Delivery')";
/**
 * An open or a click of a message with several recipients has no recipient: the record does not identify the person.
 */
const hasOneRecipient = ({ length }: Dialect) => `event_type <> 'Unknown' AND ${length('destination')} = 1`;

/** The places of an event's recipients in its record. */
function sources(dialect: Dialect): readonly ListSource[] {
  const texts = [
    'CASE',
    "WHEN event_type = 'Delivery' THEN delivery_recipients",
    `WHEN ${namedInTexts} OR ${hasOneRecipient(dialect)} THEN destination`,
    'ELSE ARRAY[CAST(NULL AS varchar)]',
    'END',
  ].join(' ');
  return [
    { when: "event_type NOT IN ('Bounce', 'Complaint', 'DeliveryDelay')", texts },
    { when: "event_type = 'Bounce'", objects: 'bounced_recipients' },
    { when: "event_type = 'Complaint'", objects: 'complained_recipients' },
    { when: "event_type = 'DeliveryDelay'", objects: 'delayed_recipients' },
  ];
}

function attribution(dialect: Dialect): string {
  return [
    "CASE WHEN event_type = 'Complaint' THEN 'candidates'",
    `WHEN ${namedInTexts} OR event_type IN ('Bounce', 'DeliveryDelay') OR ${hasOneRecipient(dialect)} THEN 'named'`,
    "ELSE 'unknown' END AS attribution",
  ].join(' ');
}

const fields: readonly ListField[] = [
  { key: 'emailAddress', name: 'recipient' },
  { key: 'action', name: 'action' },
  { key: 'status', name: 'status' },
  { key: 'diagnosticCode', name: 'diagnostic_code' },
];

/** One row for each event and recipient. `eventRecipients` returns the same for one event. */
const recipients: View = {
  name: 'recipients',
  meaning:
    'One row for each event and recipient. An event without a known recipient has one row, with NULL as the recipient.',
  columns: [
    ...columnsOfEvents(eventColumns),
    ...columnsOfType('varchar', 'attribution', 'recipient', 'action', 'status', 'diagnostic_code'),
    ...columnsOfType('varchar', 'address', 'status_code', 'domain', 'bounce_class', 'outcome'),
    ...sourceColumns,
  ],
  sql(dialect) {
    const rows = dialect.eachItem(sources(dialect), fields, {
      columns: [...eventColumns, attribution(dialect)],
      from: 'unique_events',
    });
    return `
      SELECT *,
        CASE WHEN strpos(address, '@') > 0 THEN ${dialect.afterLast('address', '@')} END AS domain,
        ${bounceClass} AS bounce_class,
        ${outcome} AS outcome,
        ${sourceParts(dialect)}
      FROM (
        SELECT *,
          ${mailboxAddress(dialect, 'recipient')} AS address,
          coalesce(status, ${dialect.matched('diagnostic_code', "'(?:^|[^0-9.])([245][.][0-9]{1,3}[.][0-9]{1,3})(?:[^0-9.]|$)'")}) AS status_code
        FROM (${rows}) everybody
      ) known`;
  },
};

export { recipients };
