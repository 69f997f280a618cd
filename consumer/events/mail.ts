import { z } from 'zod';
import { type Exact, timestamp } from './schema';

const Header = z.looseObject({ name: z.string(), value: z.string() });

const CommonHeaders = z.looseObject({
  /** Addresses of the From header. */
  from: z.array(z.string()).nullish(),
  /** Content of the Sender header. AWS does not document its form. */
  sender: z.unknown().optional(),
  /** Addresses of the To header. */
  to: z.array(z.string()).nullish(),
  /** Addresses of the Cc header. */
  cc: z.array(z.string()).nullish(),
  /** Addresses of the Bcc header. */
  bcc: z.array(z.string()).nullish(),
  /** Addresses of the Reply-To header. */
  replyTo: z.array(z.string()).nullish(),
  /** Address of the Return-Path header. */
  returnPath: z.string().nullish(),
  /** RFC 5322 text, not ISO 8601. */
  date: z.string().nullish(),
  /** Usually SES's own id, sometimes the original Message-ID. Never join on it. */
  messageId: z.string().nullish(),
  /** Absent for templated messages, which SES renders later. */
  subject: z.string().nullish(),
});

/**
 * Schema of the `mail` block of every record: the message of an event.
 *
 * Only `timestamp` and `messageId` are in every observed record. `sourceArn` is absent on opens and clicks,
 * `headers` and `commonHeaders` on rendering failures and delivery delays, `subject` on templated messages.
 * Addresses, ARNs and ids are plain strings, because the examples of AWS would fail a stricter check (`Name
 * <a@b>` in `source`, `EXAMPLE…` in `messageId`).
 *
 * @example
 * ```json
 * {
 *   "timestamp": "2026-03-04T05:06:07.890Z",
 *   "messageId": "0100019502a7c1f0-3c1a6f9e-5a4f-4a6e-9d7e-1b2c3d4e5f60-000000",
 *   "source": "Shop <news@shop.example>",
 *   "sendingAccountId": "111122223333",
 *   "destination": ["ana@example.com"],
 *   "headersTruncated": false,
 *   "headers": [{ "name": "Subject", "value": "Hello" }],
 *   "commonHeaders": { "from": ["Shop <news@shop.example>"], "to": ["ana@example.com"], "subject": "Hello" },
 *   "tags": { "ses:configuration-set": ["marketing"], "campaign": ["spring"] }
 * }
 * ```
 * @see https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-firehose-contents.html
 */
const MailSchema = z.looseObject({
  /** Time at which the message was sent, not the time of the event. */
  timestamp,
  /** The id that SES returned for the request to send. */
  messageId: z.string(),
  /** Envelope sender (MAIL FROM), with or without a display name. */
  source: z.string().nullish(),
  /** ARN of the identity that sent the message. */
  sourceArn: z.string().nullish(),
  /** Twelve digits as text, because it can start with 0. */
  sendingAccountId: z.string().nullish(),
  /** Every recipient of the message, not of the event. */
  destination: z.array(z.string()).nullish(),
  /** A boolean in every sample, although the AWS documentation shows a string. */
  headersTruncated: z.boolean().nullish(),
  /** Headers of the message, unless SES omitted them. */
  headers: z.array(Header).nullish(),
  /** Frequent headers of the message, such as its subject. */
  commonHeaders: CommonHeaders.nullish(),
  /** Tag names and their values. Automatic tags start with `ses:`. */
  tags: z.record(z.string(), z.array(z.string())).nullish(),
  /** Only on identity-level (legacy) notifications. */
  sourceIp: z.string().nullish(),
  /** Only on identity-level (legacy) notifications. */
  callerIdentity: z.string().nullish(),
});

/** The `mail` block of a record: see {@link MailSchema}. */
type Mail = Exact<z.infer<typeof MailSchema>>;

export { type Mail, MailSchema };
