/**
 * The treatment of a text column while personal data is masked:
 *
 * - `plain`: unchanged, because SES or this package writes its values;
 * - `text`: addresses in it are masked;
 * - `server_text`: addresses are masked, and the names of the recipients;
 * - `host`: cut after the host name;
 * - `mailbox` and `mailboxes`: a pseudonym for each address;
 * - `subject`: a pseudonym for each subject;
 * - `link`: without query and fragment; addresses in the rest are masked;
 * - `hidden`: NULL.
 */
type Treatment =
  | 'plain'
  | 'text'
  | 'server_text'
  | 'host'
  | 'mailbox'
  | 'mailboxes'
  | 'subject'
  | 'link'
  | 'hidden';

/** The text columns of views and questions, by treatment. */
const columnsByTreatment: Readonly<Record<Treatment, readonly string[]>> = {
  plain: [
    ...[
      'event_id',
      'event_type',
      'origin',
      'message_id',
      'configuration_set',
      'sending_account_id',
      'twin_of',
    ],
    ...[
      'attribution',
      'bounce_class',
      'outcome',
      'machine_reason',
      'status_code',
      'feedback_id',
      'is_bot_event',
    ],
    ...['bounce_type', 'bounce_sub_type', 'complaint_sub_type', 'complaint_feedback_type', 'delay_type'],
  ],
  text: [
    ...[
      'record_type',
      'source_arn',
      'user_agent',
      'reporting_mta',
      'remote_mta_ip',
      'reject_reason',
      'action',
      'status',
    ],
    // Of the sender, as in its tags `ses:source-ip` and `ses:caller-identity`.
    ...['source_ip', 'caller_identity'],
    ...['template_name', 'contact_list', 'subscription_source', 'object', 'firehose_error', 'envelopes'],
    // Senders choose the names and values of tags, and AWS recommends to write no personal data into them.
    ...['tags', 'link_tags', 'name', 'value', 'new_topic_preferences', 'old_topic_preferences'],
  ],
  server_text: ['diagnostic_code', 'smtp_response', 'error_message'],
  host: ['domain'],
  mailbox: ['address', 'recipient', 'first_recipient', 'source', 'source_address'],
  mailboxes: ['destination', 'delivery_recipients'],
  subject: ['subject'],
  link: ['link'],
  hidden: [
    ...['headers', 'header_from', 'header_sender', 'header_to', 'header_cc', 'header_bcc', 'header_reply_to'],
    ...['header_return_path', 'header_date', 'header_message_id', 'source_name', 'ip_address'],
    ...['bounced_recipients', 'complained_recipients', 'delayed_recipients', 'extra', 'raw'],
  ],
};

const treatments = new Map<string, Treatment>(
  Object.entries(columnsByTreatment).flatMap(
    ([treatment, names]) => names.map((name) => [name, treatment as Treatment] as const), // Object.entries loses the key type
  ),
);

/** Returns the treatment of a text column. A column that is not in the list is hidden. */
function treatmentOf(name: string): Treatment {
  return treatments.get(name) ?? 'hidden';
}

export { type Treatment, treatmentOf, treatments };
