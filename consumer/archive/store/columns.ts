import { eventSchemas } from '../../events';

/**
 * The type of a column. `texts` is a list of texts, `json` a JSON text, `id` 32 hexadecimal digits; a `timestamp` is in
 * UTC, to the millisecond.
 */
type ColumnType = 'id' | 'text' | 'texts' | 'integer' | 'boolean' | 'timestamp' | 'json' | 'bytes';

/** One column of the archive's events. */
interface Column {
  /** In snake_case. */
  name: string;
  type: ColumnType;
  /** One sentence for docs/columns.md. */
  meaning: string;
  /**
   * The paths of its value in the record, such as `bounce.feedbackId`. At most one of them applies to any kind. Empty
   * for a column whose value is not a field of the record.
   */
  paths: readonly string[];
  /** The paths that its value is copied from, when none of `paths` applies. The record is rebuilt without copies. */
  copiedFrom?: readonly string[];
  /** Whether its values are long and similar: a table then compresses them by their text. */
  isLong?: true;
}

/** A column whose values are fields of the record. */
interface FieldColumn extends Column {
  type: Exclude<ColumnType, 'id' | 'bytes'>;
}

/** The columns that identify a record. Their values come from the reader, not from a path. */
const identityColumns: readonly Column[] = [
  {
    name: 'event_id',
    type: 'id',
    paths: [],
    meaning:
      "The event's identity: the first 128 bits of the SHA-256 of its record. The same on every engine.",
  },
  {
    name: 'event_type',
    type: 'text',
    paths: [],
    meaning: 'The kind, as AWS spells it; `Unknown` for kinds that this version does not know.',
  },
  {
    name: 'record_type',
    type: 'text',
    paths: [],
    meaning:
      "The record's own label: its `eventType`, `notificationType` (legacy) or `event_type` (Pinpoint).",
  },
  {
    name: 'origin',
    type: 'text',
    paths: [],
    meaning:
      "Which of AWS's streams the record was written for: `event-publishing`, `legacy-notification` or `pinpoint`.",
  },
];

/** The columns whose values are fields of the record. */
const fieldColumns: readonly FieldColumn[] = [
  {
    name: 'event_time',
    type: 'timestamp',
    paths: [
      'delivery.timestamp',
      'bounce.timestamp',
      'complaint.timestamp',
      'open.timestamp',
      'click.timestamp',
      'deliveryDelay.timestamp',
      'subscription.timestamp',
    ],
    copiedFrom: ['mail', 'timestamp'],
    meaning:
      "When the event happened: the block's own time; for Send, Reject and Rendering Failure, which have none, when the message was sent.",
  },
  {
    name: 'message_id',
    type: 'text',
    paths: ['mail.messageId'],
    meaning: 'The id that the send call returned.',
  },
  {
    name: 'mail_timestamp',
    type: 'timestamp',
    paths: ['mail.timestamp'],
    meaning: 'When the message was sent.',
  },
  {
    name: 'configuration_set',
    type: 'text',
    paths: [],
    copiedFrom: ['mail', 'tags', 'ses:configuration-set', '0'],
    meaning: 'The configuration set that the message was sent with.',
  },
  {
    name: 'source',
    type: 'text',
    paths: ['mail.source'],
    meaning: 'The envelope sender (MAIL FROM), perhaps with a display name.',
  },
  {
    name: 'source_arn',
    type: 'text',
    paths: ['mail.sourceArn'],
    meaning: 'The ARN of the identity that sent.',
  },
  {
    name: 'sending_account_id',
    type: 'text',
    paths: ['mail.sendingAccountId'],
    meaning: 'The AWS account that sent: twelve digits, as text.',
  },
  {
    name: 'source_ip',
    type: 'text',
    paths: ['mail.sourceIp'],
    meaning: 'The address that the send call came from; legacy notifications only.',
  },
  {
    name: 'caller_identity',
    type: 'text',
    paths: ['mail.callerIdentity'],
    meaning: 'Who made the send call; legacy notifications only.',
  },
  {
    name: 'destination',
    type: 'texts',
    paths: ['mail.destination'],
    meaning: 'Every recipient of the message; not of the event.',
  },
  {
    name: 'subject',
    type: 'text',
    paths: ['mail.commonHeaders.subject'],
    meaning: 'The subject; absent on templated sends.',
  },
  { name: 'header_from', type: 'texts', paths: ['mail.commonHeaders.from'], meaning: 'The From header.' },
  {
    name: 'header_sender',
    type: 'json',
    paths: ['mail.commonHeaders.sender'],
    meaning: 'The Sender header.',
  },
  { name: 'header_to', type: 'texts', paths: ['mail.commonHeaders.to'], meaning: 'The To header.' },
  { name: 'header_cc', type: 'texts', paths: ['mail.commonHeaders.cc'], meaning: 'The Cc header.' },
  { name: 'header_bcc', type: 'texts', paths: ['mail.commonHeaders.bcc'], meaning: 'The Bcc header.' },
  {
    name: 'header_reply_to',
    type: 'texts',
    paths: ['mail.commonHeaders.replyTo'],
    meaning: 'The Reply-To header.',
  },
  {
    name: 'header_return_path',
    type: 'text',
    paths: ['mail.commonHeaders.returnPath'],
    meaning: 'The Return-Path header.',
  },
  {
    name: 'header_date',
    type: 'text',
    paths: ['mail.commonHeaders.date'],
    meaning: 'The Date header, as text (RFC 5322).',
  },
  {
    name: 'header_message_id',
    type: 'text',
    paths: ['mail.commonHeaders.messageId'],
    meaning:
      "The Message-ID header: usually SES's own id, sometimes the sender's. Join on `message_id` instead.",
  },
  {
    name: 'headers_truncated',
    type: 'boolean',
    paths: ['mail.headersTruncated'],
    meaning: 'Whether SES left headers out.',
  },
  {
    name: 'headers',
    type: 'json',
    isLong: true,
    paths: ['mail.headers'],
    meaning: 'All headers: a list of `{ name, value }`.',
  },
  {
    name: 'tags',
    type: 'json',
    paths: ['mail.tags'],
    meaning: 'Message tags: name to list of values; automatic ones start with `ses:`.',
  },
  {
    name: 'delivery_recipients',
    type: 'texts',
    paths: ['delivery.recipients'],
    meaning: 'Whom this delivery covers.',
  },
  {
    name: 'processing_time_millis',
    type: 'integer',
    paths: ['delivery.processingTimeMillis'],
    meaning: 'Milliseconds from accepting the message to handing it over.',
  },
  {
    name: 'smtp_response',
    type: 'text',
    paths: ['delivery.smtpResponse'],
    meaning: "The receiving server's answer.",
  },
  {
    name: 'reporting_mta',
    type: 'text',
    paths: ['delivery.reportingMTA', 'bounce.reportingMTA', 'deliveryDelay.reportingMTA'],
    meaning: 'The server that reports.',
  },
  {
    name: 'remote_mta_ip',
    type: 'text',
    paths: ['delivery.remoteMtaIp', 'bounce.remoteMtaIp'],
    meaning: "The receiving server's address.",
  },
  {
    name: 'bounce_type',
    type: 'text',
    paths: ['bounce.bounceType'],
    meaning: "`Permanent`, `Transient` or `Undetermined`: AWS's label.",
  },
  {
    name: 'bounce_sub_type',
    type: 'text',
    paths: ['bounce.bounceSubType'],
    meaning: "The bounce's finer label.",
  },
  {
    name: 'bounced_recipients',
    type: 'json',
    paths: ['bounce.bouncedRecipients'],
    meaning: 'Who bounced: a list of `{ emailAddress, action, status, diagnosticCode }`.',
  },
  {
    name: 'feedback_id',
    type: 'text',
    paths: ['bounce.feedbackId', 'complaint.feedbackId'],
    meaning: "The bounce's or complaint's id; the same on the legacy notification of the same one.",
  },
  {
    name: 'complaint_sub_type',
    type: 'text',
    paths: ['complaint.complaintSubType'],
    meaning: 'Set when the address was on a suppression list.',
  },
  {
    name: 'complaint_feedback_type',
    type: 'text',
    paths: ['complaint.complaintFeedbackType'],
    meaning: 'What the feedback report calls it; `not-spam` is good news.',
  },
  {
    name: 'complained_recipients',
    type: 'json',
    paths: ['complaint.complainedRecipients'],
    meaning: 'Who may have complained: a list of `{ emailAddress }`.',
  },
  {
    name: 'arrival_date',
    type: 'timestamp',
    paths: ['complaint.arrivalDate'],
    meaning: 'When the feedback report arrived.',
  },
  {
    name: 'user_agent',
    type: 'text',
    paths: ['complaint.userAgent', 'open.userAgent', 'click.userAgent'],
    meaning: "The reader's or the reporting system's user agent.",
  },
  {
    name: 'ip_address',
    type: 'text',
    paths: ['open.ipAddress', 'click.ipAddress'],
    meaning: "The reader's address; often a mail provider's proxy.",
  },
  {
    name: 'is_bot_event',
    type: 'text',
    paths: ['open.isBotEvent', 'click.isBotEvent'],
    meaning: '`Likely` or `Unlikely` a machine; absent before 2026-08-06.',
  },
  { name: 'link', type: 'text', paths: ['click.link'], meaning: 'The link that was clicked.' },
  {
    name: 'link_tags',
    type: 'json',
    paths: ['click.linkTags'],
    meaning: "The link's tags: name to list of values.",
  },
  { name: 'reject_reason', type: 'text', paths: ['reject.reason'], meaning: 'Why SES refused the message.' },
  {
    name: 'template_name',
    type: 'text',
    paths: ['failure.templateName'],
    meaning: 'The template that could not be rendered.',
  },
  {
    name: 'error_message',
    type: 'text',
    paths: ['failure.errorMessage'],
    meaning: 'Why it could not be rendered.',
  },
  {
    name: 'delay_type',
    type: 'text',
    paths: ['deliveryDelay.delayType'],
    meaning: 'Why the delivery is delayed.',
  },
  {
    name: 'delayed_recipients',
    type: 'json',
    paths: ['deliveryDelay.delayedRecipients'],
    meaning: 'Who has to wait: a list of `{ emailAddress, status, diagnosticCode }`.',
  },
  {
    name: 'expiration_time',
    type: 'timestamp',
    paths: ['deliveryDelay.expirationTime'],
    meaning: 'When SES stops trying.',
  },
  { name: 'contact_list', type: 'text', paths: ['subscription.contactList'], meaning: 'The contact list.' },
  {
    name: 'subscription_source',
    type: 'text',
    paths: ['subscription.source'],
    meaning: 'How the preferences were changed.',
  },
  {
    name: 'new_topic_preferences',
    type: 'json',
    paths: ['subscription.newTopicPreferences'],
    meaning: 'The preferences after the change.',
  },
  {
    name: 'old_topic_preferences',
    type: 'json',
    paths: ['subscription.oldTopicPreferences'],
    meaning: 'The preferences before the change.',
  },
];

/** The columns for the parts of a record that have no column. */
const remainderColumns: readonly Column[] = [
  {
    name: 'extra',
    type: 'json',
    paths: [],
    meaning:
      'Everything of the record that its columns do not give back exactly: unknown fields, explicit nulls, values of an unusual type. Laid over the columns, it makes the record again.',
  },
  {
    name: 'raw',
    type: 'bytes',
    paths: [],
    meaning: "The record's exact bytes, only where columns and `extra` together would not make an equal one.",
  },
];

/**
 * The columns of the archive's events, in order: the single source of the DuckDB table, of docs/columns.md and of
 * Athena's columns.
 */
const columns: readonly Column[] = [...identityColumns, ...fieldColumns, ...remainderColumns];

/** The block of each kind: the key beside `eventType` and `mail` that contains the kind's fields. */
const blockOfKind: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(eventSchemas).map(([kind, { shape }]) => [
    kind,
    Object.keys(shape).find((key) => key !== 'eventType' && key !== 'mail') ?? '',
  ]),
);

export {
  blockOfKind,
  type Column,
  type ColumnType,
  columns,
  fieldColumns,
  identityColumns,
  remainderColumns,
};
