import { columns } from '../../archive/store/columns';
import { idText } from '../../archive/store/schema';

/**
 * The columns that a trace needs. Headers and tags are usually the longest parts of a record, and no step shows them.
 * `extra` and `raw` can contain a part that a step shows. The view `recipients` reads some that no step shows.
 */
const shown: ReadonlySet<string> = new Set([
  'event_id',
  'event_type',
  'record_type',
  'origin',
  'event_time',
  'message_id',
  'mail_timestamp',
  'configuration_set',
  'source',
  'destination',
  'subject',
  'delivery_recipients',
  'processing_time_millis',
  'smtp_response',
  'bounce_type',
  'bounce_sub_type',
  'bounced_recipients',
  'feedback_id',
  'complaint_sub_type',
  'complaint_feedback_type',
  'complained_recipients',
  'user_agent',
  'is_bot_event',
  'link',
  'reject_reason',
  'template_name',
  'error_message',
  'delay_type',
  'delayed_recipients',
  'expiration_time',
  'contact_list',
  'subscription_source',
  'extra',
  'raw',
]);

/** The columns as SQL, taken from `event_rows`. */
const shownColumns = columns
  .filter(({ name }) => shown.has(name))
  .map(({ name, type }) => (type === 'id' ? `${idText(`event_rows.${name}`)} AS ${name}` : `"${name}"`))
  .join(', ');

export { shownColumns };
