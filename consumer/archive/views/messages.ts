import type { Dialect } from '../dialects/dialect';
import { machineReason } from './machine';
import { sourceColumns, sourceParts } from './mailbox';
import { outcome } from './outcome';
import { columnsOfType, type View } from './view';

/** The time of a message's first event that matches a condition. */
function first(condition: string): string {
  return `min(event_time) FILTER (WHERE ${condition})`;
}

function count(condition: string): string {
  return `count(*) FILTER (WHERE ${condition})`;
}

/**
 * The statuses in order of precedence, each with the events that set it. The order of arrival does not matter. A
 * delivery has precedence over a bounce that is not permanent, because beside a delivery it is an out-of-office reply
 * or similar.
 */
const statuses = [
  ['complained', "outcome = 'complained'"],
  ['bounced', "outcome = 'bounced'"],
  ['suppressed', "outcome = 'suppressed'"],
  ['clicked', "event_type = 'Click'"],
  ['opened', "event_type = 'Open'"],
  ['delivered', "outcome = 'delivered'"],
  ['soft_bounced', "outcome = 'soft_bounced'"],
  ['rejected', "outcome = 'rejected'"],
  ['not_rendered', "outcome = 'not_rendered'"],
  ['delayed', "outcome = 'delayed'"],
] as const;

const status = [
  'CASE',
  ...statuses.map(([name, condition]) => `WHEN bool_or(${condition}) THEN '${name}'`),
  "ELSE 'sent' END",
].join(' ');

/** A status of a message: one of the above, or `sent` without any of their events. */
type MessageStatus = (typeof statuses)[number][0] | 'sent';

/** All statuses, from the last to the first that a message can reach. */
const messageStatuses: readonly MessageStatus[] = [...statuses.map(([name]) => name), 'sent'];

/**
 * The query of the ids of messages with an event that can set a status; a later event can set another. Undefined for `sent`,
 * which no event sets.
 *
 * @param where a further condition on events
 */
function candidatesFor(status: MessageStatus, where: string): string | undefined {
  const [, condition] = statuses.find(([name]) => name === status) ?? [];
  return (
    condition &&
    `SELECT message_id FROM (SELECT *, ${outcome} AS outcome FROM unique_events) judged WHERE ${condition} AND ${where}`
  );
}

/** The events to sum, and columns in addition to those of the view. */
interface MessageSelection {
  /** The columns of each event. */
  columns: string;
  from: string;
  where: string;
  /** More columns of each message, with a comma before each. */
  more?: string;
}

/** The sums of each message's events. */
function messageRows({ length }: Dialect, { columns, from, where, more = '' }: MessageSelection): string {
  return `
    SELECT
      message_id,
      min(mail_timestamp) AS sent_at,
      min(configuration_set) AS configuration_set,
      min(source) AS source,
      min(subject) AS subject,
      max(${length('destination')}) AS recipients,
      count(*) AS events,
      max(event_time) AS last_event_at,
      ${first("event_type = 'Delivery'")} AS first_delivered_at,
      ${first("event_type = 'DeliveryDelay'")} AS first_delayed_at,
      ${first("outcome = 'bounced'")} AS first_bounced_at,
      ${first("outcome = 'complained'")} AS first_complained_at,
      ${first("event_type = 'Open'")} AS first_opened_at,
      ${first("event_type = 'Click'")} AS first_clicked_at,
      ${count("event_type = 'Send'")} AS sends,
      ${count("event_type = 'Delivery'")} AS deliveries,
      ${count("event_type = 'DeliveryDelay'")} AS delays,
      ${count("event_type = 'Bounce'")} AS bounce_events,
      ${count("event_type = 'Complaint'")} AS complaint_events,
      ${count("event_type = 'Open'")} AS opens,
      ${count("event_type = 'Open' AND NOT is_machine")} AS human_opens,
      ${count("event_type = 'Click'")} AS clicks,
      ${count("event_type = 'Click' AND NOT is_machine")} AS human_clicks,
      ${count("event_type = 'Reject'")} AS rejects,
      ${count("event_type = 'Rendering Failure'")} AS rendering_failures,
      ${status} AS status${more}
    FROM (
      SELECT ${columns}, ${outcome} AS outcome, ${machineReason} IS NOT NULL AS is_machine
      FROM ${from}
    ) judged
    WHERE ${where}
    GROUP BY message_id`;
}

/** The query of the view, for a selection of messages. */
function messageQuery(dialect: Dialect, selection: MessageSelection): string {
  return `SELECT *, ${sourceParts(dialect)} FROM (${messageRows(dialect, selection)}) summed`;
}

/**
 * The rows of the view for the messages of a table, which has their `message_id` and the number `found_in_all`. Adds the
 * first recipient of each, and the number. The engine reads the events of these messages only, and the table once.
 */
function messagesIn(dialect: Dialect, table: string): string {
  return messageQuery(dialect, {
    columns: 'unique_events.*, found_in_all',
    from: `unique_events JOIN ${table} ON ${table}.message_id = unique_events.message_id`,
    where: 'message_id IS NOT NULL',
    more: `,\n      min(${dialect.first('destination')}) AS first_recipient,\n      min(found_in_all) AS found_in_all`,
  });
}

const messages: View = {
  name: 'messages',
  meaning:
    'One row for each message, with its send time, counts and first times of its events, and the furthest status that it reached.',
  columns: [
    ...columnsOfType('varchar', 'message_id'),
    ...columnsOfType('timestamp(3)', 'sent_at'),
    ...columnsOfType('varchar', 'configuration_set', 'source', 'subject'),
    ...columnsOfType('bigint', 'recipients', 'events'),
    ...columnsOfType('timestamp(3)', 'last_event_at', 'first_delivered_at', 'first_delayed_at'),
    ...columnsOfType('timestamp(3)', 'first_bounced_at', 'first_complained_at'),
    ...columnsOfType('timestamp(3)', 'first_opened_at', 'first_clicked_at'),
    ...columnsOfType('bigint', 'sends', 'deliveries', 'delays', 'bounce_events', 'complaint_events'),
    ...columnsOfType('bigint', 'opens', 'human_opens', 'clicks', 'human_clicks'),
    ...columnsOfType('bigint', 'rejects', 'rendering_failures'),
    ...columnsOfType('varchar', 'status'),
    ...sourceColumns,
  ],
  sql: (dialect) =>
    messageQuery(dialect, { columns: '*', from: 'unique_events', where: 'message_id IS NOT NULL' }),
};

export { candidatesFor, type MessageStatus, messageStatuses, messages, messagesIn };
