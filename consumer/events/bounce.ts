import { z } from 'zod';
import { MailSchema } from './mail';
import { type Exact, openEnum, timestamp } from './schema';

const BouncedRecipient = z.looseObject({
  /** From the delivery status notification, if there is one. Can differ in case from `destination`. */
  emailAddress: z.string(),
  /** Only with a delivery status notification: `failed`, `delayed`, … */
  action: z.string().nullish(),
  /** Only with a delivery status notification: an enhanced status code such as `5.1.1`. */
  status: z.string().nullish(),
  /** Response of the recipient's server, or the text of its delivery status notification. */
  diagnosticCode: z.string().nullish(),
});

/** The schema of the `bounce` block. Identity-level notifications have the same block. */
const BounceSchema = z.looseObject({
  /** `Permanent` is a hard bounce; the others are soft bounces. */
  bounceType: openEnum(['Undetermined', 'Permanent', 'Transient']),
  /** Reason of the bounce, as SES classifies it. */
  bounceSubType: openEnum([
    'Undetermined',
    'General',
    'NoEmail',
    'Suppressed',
    'OnAccountSuppressionList',
    'OnTenantSuppressionList',
    'UnsubscribedRecipient',
    'EmailValidationSuppressed',
    'MailboxFull',
    'MessageTooLarge',
    'CustomTimeoutExceeded',
    'ContentRejected',
    'AttachmentRejected',
  ]),
  /** The recipients that bounced. */
  bouncedRecipients: z.array(BouncedRecipient),
  /** Time at which the receiving server sent the bounce. */
  timestamp,
  /** Id of the bounce or complaint. A legacy notification of the same feedback has it too. */
  feedbackId: z.string().nullish(),
  /** `dns; host`, `dsn; host` or a hostname. Only with a delivery status notification. */
  reportingMTA: z.string().nullish(),
  /** Only present if SES reached the recipient's server. */
  remoteMtaIp: z.string().nullish(),
});

/**
 * Schema of a Bounce event: a hard bounce, or a soft bounce after the last attempt of SES. SES reports
 * earlier attempts as DeliveryDelay events.
 *
 * Type and subtype are open sets and independent of each other. Both are validated as strings.
 *
 * @example
 * ```json
 * {
 *   "eventType": "Bounce",
 *   "mail": { "timestamp": "2026-03-04T05:06:07.890Z", "messageId": "0100…" },
 *   "bounce": {
 *     "bounceType": "Permanent",
 *     "bounceSubType": "NoEmail",
 *     "bouncedRecipients": [
 *       { "emailAddress": "gone@example.com", "action": "failed", "status": "5.1.1",
 *         "diagnosticCode": "smtp; 550 5.1.1 user unknown" }
 *     ],
 *     "timestamp": "2026-03-04T05:06:08.500Z",
 *     "feedbackId": "0100…",
 *     "reportingMTA": "dns; a8-31.smtp-out.amazonses.com"
 *   }
 * }
 * ```
 * @see https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-firehose-contents.html#event-publishing-retrieving-firehose-contents-bounce-object
 */
const BounceEventSchema = z.looseObject({
  /** The kind of the event, as AWS spells it. */
  eventType: z.literal('Bounce'),
  /** The message that the event is about. */
  mail: MailSchema,
  /** The bounce: its type, and the recipients that bounced. */
  bounce: BounceSchema,
});

/** A Bounce event: see {@link BounceEventSchema}. */
type BounceEvent = Exact<z.infer<typeof BounceEventSchema>>;

export { type BounceEvent, BounceEventSchema, BounceSchema };
