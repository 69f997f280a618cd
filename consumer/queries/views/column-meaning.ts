import { type Column, columns } from '../../archive/store/columns';

/** The meanings of columns that are computed from records. */
const derivedColumns: Readonly<Record<string, string>> = {
  action: 'Action of the receiving server for the recipient, such as `failed`.',
  address: 'Recipient in lower case, without a display name; NULL if unknown.',
  attribution:
    '`named`: the record names the recipient. `candidates`: the recipient is one of several possible ones. `unknown`: the record names no recipient.',
  bounce_class: 'Cause of the bounce, such as `no-such-address` or `mailbox-full`; NULL for other events.',
  bounce_events: 'Bounce events of the message, of all bounce types.',
  bounced: 'Whether the email hard-bounced, as SES counts it. FALSE for suppressed emails.',
  byte_length: 'Length of the record in its object, in bytes.',
  byte_offset: 'Position of the record in its decompressed object, in bytes.',
  clicks: 'Click events of the message.',
  complained: 'Whether the email has a complaint. Excludes `not-spam` reports and suppressed emails.',
  complaint_events: 'Complaint events of the message, `not-spam` reports included.',
  delayed: 'Whether the email was delayed at least once.',
  delays: 'DeliveryDelay events of the message.',
  delivered: "Whether the recipient's mail server accepted the email.",
  delivered_at: 'Time when Firehose started to collect the object, from its name; NULL for other names.',
  deliveries: 'Delivery events of the message.',
  diagnostic_code: 'Diagnostic text of the receiving server.',
  domain: 'Domain of the address: the part after `@`; NULL if there is none.',
  envelopes: 'Envelopes around the record, outermost first.',
  events: 'Events of the message.',
  firehose_error: 'Error that Firehose reported for a record that it could not deliver.',
  first_bounced_at: 'Time of the first hard bounce, as SES counts it: without suppressed emails.',
  first_clicked_at: 'Time of the first click.',
  first_complained_at: 'Time of the first complaint, without `not-spam` reports and suppressed emails.',
  first_delayed_at: 'Time of the first delay.',
  first_delivered_at: 'Time of the first delivery.',
  first_opened_at: 'Time of the first open.',
  human_clicks: 'Click events, machine clicks excluded.',
  human_opens: 'Open events, machine opens excluded.',
  last_event_at: 'Time of the newest event of the message.',
  machine_reason:
    'Type of machine that opened or clicked, such as `security-scanner`; NULL if none was detected.',
  name: 'Name of the tag.',
  not_rendered: 'Whether SES could not render the template of the email.',
  object: 'The object: a file, or `s3://bucket/key`.',
  occurrences: 'Number of places where the event was found.',
  opens: 'Open events of the message.',
  outcome:
    'Outcome of the event for the email: the name of a column of `emails`, or `not_spam`; NULL for opens, clicks and subscriptions.',
  recipient: 'Recipient in the spelling of the record; NULL if the record names no recipient.',
  recipients: 'Number of recipients of the message.',
  record_index: 'Position of the record among the records of one envelope or array.',
  rejected: 'Whether SES refused to send the email (Reject event).',
  rejects: 'Reject events of the message.',
  rendering_failures: 'Rendering Failure events of the message.',
  sends: 'Send events of the message.',
  sent: 'Whether SES accepted the email.',
  sent_at: 'Send time of the message.',
  soft_bounced:
    'Whether the email soft-bounced, for example because of a full mailbox or an out-of-office reply.',
  source_address:
    'Address of the sender in lower case, without the display name. If `source` has no known form, its whole text.',
  source_name:
    'Display name of the sender as in the record, possibly with MIME-encoded words; NULL if there is none.',
  status_code: 'Enhanced status code: `status`, or the first code in `diagnostic_code`.',
  suppressed:
    'Whether SES did not send the email because of a suppression list of the account or tenant. TRUE also for a complaint event with the subtype `OnAccountSuppressionList` or `OnTenantSuppressionList`.',
  twin_of: 'Id of the published event with the same feedback.',
  value: 'A value of the tag.',
};

/** The meanings of names that several views have with different meanings, by view. */
const columnsByView: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  messages: {
    status: 'Furthest status that the message reached, such as `delivered` or `bounced`.',
  },
  recipients: {
    status: 'Status code of the recipient in the record, such as `5.1.1`; NULL if there is none.',
  },
};

/** Returns the meaning of a column in a view. */
function columnMeaning(view: string, name: string): string | undefined {
  return (
    columnsByView[view]?.[name] ??
    derivedColumns[name] ??
    (columns as readonly Column[]).find((column) => column.name === name)?.meaning
  );
}

export { columnMeaning };
