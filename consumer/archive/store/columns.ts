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
  /** One or two sentences for docs/columns.md. */
  meaning: string;
  /**
   * The paths of its value in the record, such as `bounce.feedbackId`. At most one of them applies to a kind. Empty
   * for a column whose value is not a field of the record.
   */
  paths: readonly string[];
  /** The paths that its value is copied from, when none of `paths` applies. The record is rebuilt without copies. */
  copiedFrom?: readonly string[];
  /** Whether values are long and repetitive, so that DuckDB compresses their text. */
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
      'Identity of the event: the first 128 bits of the SHA-256 of its record, in hexadecimal. It is the same on all engines.',
  },
  {
    name: 'event_type',
    type: 'text',
    paths: [],
    meaning: 'Kind of the event, as AWS spells it; `Unknown` for a kind that this version does not know.',
  },
  {
    name: 'record_type',
    type: 'text',
    paths: [],
    meaning: 'Kind in the record: its `eventType`, `notificationType` (legacy) or `event_type` (Pinpoint).',
  },
  {
    name: 'origin',
    type: 'text',
    paths: [],
    meaning: 'Family of the record: `event-publishing`, `legacy-notification` or `pinpoint`.',
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
      'Time of the event. For Send, Reject and Rendering Failure, which have no time, the send time of the message.',
  },
  {
    name: 'message_id',
    type: 'text',
    paths: ['mail.messageId'],
    meaning: 'Id of the message, as returned by the send call.',
  },
  {
    name: 'mail_timestamp',
    type: 'timestamp',
    paths: ['mail.timestamp'],
    meaning: 'Send time of the message.',
  },
  {
    name: 'configuration_set',
    type: 'text',
    paths: [],
    copiedFrom: ['mail', 'tags', 'ses:configuration-set', '0'],
    meaning: 'Configuration set of the message.',
  },
  {
    name: 'source',
    type: 'text',
    paths: ['mail.source'],
    meaning: 'Envelope sender (MAIL FROM), with or without a display name.',
  },
  {
    name: 'source_arn',
    type: 'text',
    paths: ['mail.sourceArn'],
    meaning: 'ARN of the identity that sent the message.',
  },
  {
    name: 'sending_account_id',
    type: 'text',
    paths: ['mail.sendingAccountId'],
    meaning: 'AWS account that sent the message: 12 digits, as text.',
  },
  {
    name: 'source_ip',
    type: 'text',
    paths: ['mail.sourceIp'],
    meaning: 'IP address of the send call, in legacy notifications only.',
  },
  {
    name: 'caller_identity',
    type: 'text',
    paths: ['mail.callerIdentity'],
    meaning: 'IAM identity of the send call, in legacy notifications only.',
  },
  {
    name: 'destination',
    type: 'texts',
    paths: ['mail.destination'],
    meaning: 'All recipients of the message, not only those of the event.',
  },
  {
    name: 'subject',
    type: 'text',
    paths: ['mail.commonHeaders.subject'],
    meaning: 'Subject of the message; NULL for most templated messages.',
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
      'The Message-ID header, usually set by SES, sometimes by the sender. Use `message_id` for joins.',
  },
  {
    name: 'headers_truncated',
    type: 'boolean',
    paths: ['mail.headersTruncated'],
    meaning: 'Whether SES truncated the headers.',
  },
  {
    name: 'headers',
    type: 'json',
    isLong: true,
    paths: ['mail.headers'],
    meaning: 'All headers, as a list of `{ name, value }`.',
  },
  {
    name: 'tags',
    type: 'json',
    paths: ['mail.tags'],
    meaning:
      'Message tags, as a map of name to list of values. The names of automatic tags start with `ses:`.',
  },
  {
    name: 'delivery_recipients',
    type: 'texts',
    paths: ['delivery.recipients'],
    meaning: 'Recipients of this delivery.',
  },
  {
    name: 'processing_time_millis',
    type: 'integer',
    paths: ['delivery.processingTimeMillis'],
    meaning: 'Time from acceptance by SES to acceptance by the receiving server, in milliseconds.',
  },
  {
    name: 'smtp_response',
    type: 'text',
    paths: ['delivery.smtpResponse'],
    meaning: 'Response of the receiving server to the delivery.',
  },
  {
    name: 'reporting_mta',
    type: 'text',
    paths: ['delivery.reportingMTA', 'bounce.reportingMTA', 'deliveryDelay.reportingMTA'],
    meaning: 'Host name of the mail server that reported the event.',
  },
  {
    name: 'remote_mta_ip',
    type: 'text',
    paths: ['delivery.remoteMtaIp', 'bounce.remoteMtaIp'],
    meaning: 'IP address of the receiving server.',
  },
  {
    name: 'bounce_type',
    type: 'text',
    paths: ['bounce.bounceType'],
    meaning: 'Bounce type of SES: `Permanent`, `Transient` or `Undetermined`.',
  },
  {
    name: 'bounce_sub_type',
    type: 'text',
    paths: ['bounce.bounceSubType'],
    meaning: 'Bounce subtype of SES, such as `NoEmail`.',
  },
  {
    name: 'bounced_recipients',
    type: 'json',
    paths: ['bounce.bouncedRecipients'],
    meaning: 'Bounced recipients, as a list of `{ emailAddress, action, status, diagnosticCode }`.',
  },
  {
    name: 'feedback_id',
    type: 'text',
    paths: ['bounce.feedbackId', 'complaint.feedbackId'],
    meaning: 'Id of the bounce or complaint. A legacy notification of the same one has the same id.',
  },
  {
    name: 'complaint_sub_type',
    type: 'text',
    paths: ['complaint.complaintSubType'],
    meaning: 'Set if the address was on a suppression list.',
  },
  {
    name: 'complaint_feedback_type',
    type: 'text',
    paths: ['complaint.complaintFeedbackType'],
    meaning: 'Type of the feedback report, such as `abuse`. `not-spam` reports a message that is not spam.',
  },
  {
    name: 'complained_recipients',
    type: 'json',
    paths: ['complaint.complainedRecipients'],
    meaning: 'Possible complainants, as a list of `{ emailAddress }`.',
  },
  {
    name: 'arrival_date',
    type: 'timestamp',
    paths: ['complaint.arrivalDate'],
    meaning: 'Arrival time of the feedback report.',
  },
  {
    name: 'user_agent',
    type: 'text',
    paths: ['complaint.userAgent', 'open.userAgent', 'click.userAgent'],
    meaning: 'User agent of the client that opened or clicked, or of the system that reported the complaint.',
  },
  {
    name: 'ip_address',
    type: 'text',
    paths: ['open.ipAddress', 'click.ipAddress'],
    meaning: 'IP address of the client that opened or clicked, often a proxy of a mailbox provider.',
  },
  {
    name: 'is_bot_event',
    type: 'text',
    paths: ['open.isBotEvent', 'click.isBotEvent'],
    meaning: '`Likely` or `Unlikely` to be a machine; NULL before 2026-08-06.',
  },
  { name: 'link', type: 'text', paths: ['click.link'], meaning: 'Clicked link.' },
  {
    name: 'link_tags',
    type: 'json',
    paths: ['click.linkTags'],
    meaning: 'Tags of the link, as a map of name to list of values.',
  },
  {
    name: 'reject_reason',
    type: 'text',
    paths: ['reject.reason'],
    meaning: 'Reason why SES refused the message.',
  },
  {
    name: 'template_name',
    type: 'text',
    paths: ['failure.templateName'],
    meaning: 'Name of the template that could not be rendered.',
  },
  {
    name: 'error_message',
    type: 'text',
    paths: ['failure.errorMessage'],
    meaning: 'Error message of the rendering failure.',
  },
  {
    name: 'delay_type',
    type: 'text',
    paths: ['deliveryDelay.delayType'],
    meaning: 'Delay type of SES, such as `MailboxFull`.',
  },
  {
    name: 'delayed_recipients',
    type: 'json',
    paths: ['deliveryDelay.delayedRecipients'],
    meaning: 'Delayed recipients, as a list of `{ emailAddress, status, diagnosticCode }`.',
  },
  {
    name: 'expiration_time',
    type: 'timestamp',
    paths: ['deliveryDelay.expirationTime'],
    meaning: 'Time when SES stops delivery attempts.',
  },
  {
    name: 'contact_list',
    type: 'text',
    paths: ['subscription.contactList'],
    meaning: 'Name of the contact list.',
  },
  {
    name: 'subscription_source',
    type: 'text',
    paths: ['subscription.source'],
    meaning: 'Source of the subscription change, such as `UnsubscribeHeader`.',
  },
  {
    name: 'new_topic_preferences',
    type: 'json',
    paths: ['subscription.newTopicPreferences'],
    meaning: 'Preferences after the change.',
  },
  {
    name: 'old_topic_preferences',
    type: 'json',
    paths: ['subscription.oldTopicPreferences'],
    meaning: 'Preferences before the change.',
  },
];

/** The columns for the parts of a record that have no column. */
const remainderColumns: readonly Column[] = [
  {
    name: 'extra',
    type: 'json',
    paths: [],
    meaning:
      'Parts of the record that its columns do not reproduce exactly: unknown fields, explicit nulls, and values of unusual types. Merged with the columns, it reproduces the record.',
  },
  {
    name: 'raw',
    type: 'bytes',
    paths: [],
    meaning:
      'Exact bytes of the record, only if the columns and `extra` cannot reproduce it; otherwise NULL.',
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
