import type { Dialect } from '../dialects/dialect';
import { isComplaint, isHardBounce } from './feedback';
import { machineReason } from './machine';
import { sourceColumns, sourceParts } from './mailbox';
import type { View } from './view';
import { columnsOfType } from './view-columns';

/** When a message first had an event of a kind. */
function first(kind: string): string {
  return `min(event_time) FILTER (WHERE event_type = '${kind}')`;
}

function count(condition: string): string {
  return `count(*) FILTER (WHERE ${condition})`;
}

/** What the events of a message add up to. */
function sums({ length }: Dialect): string {
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
      ${first('Delivery')} AS first_delivered_at,
      ${first('DeliveryDelay')} AS first_delayed_at,
      ${first('Bounce')} AS first_bounced_at,
      min(event_time) FILTER (WHERE is_complaint) AS first_complained_at,
      ${first('Open')} AS first_opened_at,
      ${first('Click')} AS first_clicked_at,
      ${count("event_type = 'Send'")} AS sends,
      ${count("event_type = 'Delivery'")} AS deliveries,
      ${count("event_type = 'DeliveryDelay'")} AS delays,
      ${count("event_type = 'Bounce'")} AS bounces,
      ${count(isHardBounce)} AS permanent_bounces,
      ${count('is_complaint')} AS complaints,
      ${count("event_type = 'Open'")} AS opens,
      ${count("event_type = 'Open' AND NOT is_machine")} AS human_opens,
      ${count("event_type = 'Click'")} AS clicks,
      ${count("event_type = 'Click' AND NOT is_machine")} AS human_clicks,
      ${count("event_type = 'Reject'")} AS rejects,
      ${count("event_type = 'Rendering Failure'")} AS rendering_failures
    FROM (
      SELECT *,
        ${isComplaint} AS is_complaint,
        ${machineReason} IS NOT NULL AS is_machine
      FROM unique_events
    ) judged
    WHERE message_id IS NOT NULL
    GROUP BY message_id`;
}

/**
 * The status is the furthest that a message has come, whatever order its events arrived in. A bounce that is
 * not permanent counts for less than a delivery: with one, it is an out-of-office reply or the like.
 */
const messages: View = {
  name: 'messages',
  meaning:
    'One row for each message: when it was sent, what became of it, and the furthest status it reached.',
  columns: [
    ...columnsOfType('varchar', 'message_id'),
    ...columnsOfType('timestamp(3)', 'sent_at'),
    ...columnsOfType('varchar', 'configuration_set', 'source', 'subject'),
    ...columnsOfType('bigint', 'recipients', 'events'),
    ...columnsOfType('timestamp(3)', 'last_event_at', 'first_delivered_at', 'first_delayed_at'),
    ...columnsOfType('timestamp(3)', 'first_bounced_at', 'first_complained_at'),
    ...columnsOfType('timestamp(3)', 'first_opened_at', 'first_clicked_at'),
    ...columnsOfType('bigint', 'sends', 'deliveries', 'delays', 'bounces', 'permanent_bounces', 'complaints'),
    ...columnsOfType('bigint', 'opens', 'human_opens', 'clicks', 'human_clicks'),
    ...columnsOfType('bigint', 'rejects', 'rendering_failures'),
    ...columnsOfType('varchar', 'status'),
    ...sourceColumns,
  ],
  sql: (dialect) => `
    SELECT *,
      CASE
        WHEN complaints > 0 THEN 'complained'
        WHEN permanent_bounces > 0 THEN 'bounced'
        WHEN clicks > 0 THEN 'clicked'
        WHEN opens > 0 THEN 'opened'
        WHEN deliveries > 0 THEN 'delivered'
        WHEN bounces > 0 THEN 'soft-bounced'
        WHEN rejects > 0 THEN 'rejected'
        WHEN rendering_failures > 0 THEN 'not rendered'
        WHEN delays > 0 THEN 'delayed'
        ELSE 'sent'
      END AS status,
      ${sourceParts(dialect)}
    FROM (${sums(dialect)}) summed`,
};

export { messages };
