import { type Column, columns } from '../../archive/store/columns';

/** The meanings of columns that no record contains. */
const derivedColumns: Readonly<Record<string, string>> = {
  action: "What the receiving server did with the recipient: SES's `action`.",
  address: 'The recipient in lower case, without a display name.',
  attribution:
    '`named`: the record names the recipient; `candidates`: one or more of those; `unknown`: it names nobody.',
  bounce_class: 'What a bounce means, beside the label of SES (docs/asking.md).',
  bounce_events: 'Bounce events of the message, of whatever type.',
  bounced: 'Whether the email bounced for good, as SES counts it: suppressed ones do not count.',
  byte_length: "The record's length in its object.",
  byte_offset: "The record's place in its object, uncompressed.",
  clicks: 'Click events of the message.',
  complained:
    'Whether the email was complained about; neither `not-spam` reports nor suppressed emails count.',
  complaint_events: 'Complaint events of the message, `not-spam` included.',
  delayed: 'Whether the email was delayed at least once.',
  delays: 'DeliveryDelay events of the message.',
  delivered: "Whether the recipient's server accepted the email.",
  delivered_at: "When Firehose began to gather the object, from the object's name.",
  deliveries: 'Delivery events of the message.',
  diagnostic_code: "The receiving server's words.",
  domain: 'What stands behind the `@` of the address.',
  envelopes: 'What the record was wrapped in.',
  events: 'Events of the message.',
  firehose_error: 'What Firehose says of why it could not deliver the record.',
  first_bounced_at: 'The first bounce for good, as SES counts it: suppressed emails do not count.',
  first_clicked_at: 'The first click.',
  first_complained_at: 'The first complaint; neither `not-spam` reports nor suppressed emails count.',
  first_delayed_at: 'The first delay.',
  first_delivered_at: 'The first delivery.',
  first_opened_at: 'The first open.',
  human_clicks: 'Clicks of what does not look like a machine.',
  human_opens: 'Opens of what does not look like a machine.',
  last_event_at: 'The newest event of the message.',
  machine_reason: "Why an open or click looks like a machine's (docs/asking.md); NULL for a person's.",
  name: "The tag's name.",
  not_rendered: 'Whether the template of the email could not be rendered.',
  object: 'The object: a file, or `s3://bucket/key`.',
  occurrences: 'In how many places the event was found.',
  opens: 'Open events of the message.',
  outcome:
    'What the event makes of the email: the name of a column of `emails`, or `not_spam`; NULL for opens, clicks and subscriptions.',
  recipient: 'The recipient as the record spells it; NULL when it names nobody.',
  recipients: 'How many recipients the message had.',
  record_index: "The record's place among those of one envelope or array.",
  rejected: 'Whether SES refused the email.',
  rejects: 'Reject events of the message.',
  rendering_failures: 'Rendering Failure events of the message.',
  sends: 'Send events of the message.',
  sent: 'Whether SES accepted the email.',
  sent_at: 'When the message was sent.',
  soft_bounced: 'Whether the email had another bounce: a full mailbox, an out-of-office reply.',
  source_address:
    "The sender's address in lower case, without a display name; all of `source` where it has another form.",
  source_name: "The sender's display name as the record has it, perhaps with MIME-encoded words.",
  status:
    'In `messages` the furthest that the message came; in `recipients` the status code that the record has.',
  status_code: 'The enhanced status code: `status`, or the first in the diagnostic code.',
  suppressed:
    "Whether SES did not send the email because the address is on the account's or the tenant's suppression list.",
  twin_of: 'The event of event publishing that tells of the same feedback.',
  value: "One of the tag's values.",
};

/** Returns the meaning of a column in a view. */
function columnMeaning(name: string): string | undefined {
  return (
    derivedColumns[name] ?? (columns as readonly Column[]).find((column) => column.name === name)?.meaning
  );
}

export { columnMeaning };
