import { z } from 'zod';
import { MailSchema } from './mail';
import { type Exact, openEnum, timestamp } from './schema';

const BouncedRecipient = z.looseObject({
  /** From the delivery status notification where there is one: may differ in case from `destination`. */
  emailAddress: z.string(),
  /** Only with a delivery status notification: `failed`, `delayed`, … */
  action: z.string().nullish(),
  /** Only with a delivery status notification: an enhanced status code such as `5.1.1`. */
  status: z.string().nullish(),
  diagnosticCode: z.string().nullish(),
});

/** The `bounce` block; identity-level notifications carry the same one. */
const BounceSchema = z.looseObject({
  bounceType: openEnum(['Undetermined', 'Permanent', 'Transient']),
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
  bouncedRecipients: z.array(BouncedRecipient),
  /** When the receiving server sent the bounce. */
  timestamp,
  feedbackId: z.string().nullish(),
  /** `dns; host`, `dsn; host` or a bare host; only with a delivery status notification. */
  reportingMTA: z.string().nullish(),
  /** Only if SES reached the recipient's server. */
  remoteMtaIp: z.string().nullish(),
});

/**
 * A hard bounce, or a soft one that SES has given up on. Earlier attempts appear as DeliveryDelay.
 *
 * Type and subtype are an open set and do not constrain one another; both are validated as strings.
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
  eventType: z.literal('Bounce'),
  mail: MailSchema,
  bounce: BounceSchema,
});

/** A Bounce event: see {@link BounceEventSchema}. */
type BounceEvent = Exact<z.infer<typeof BounceEventSchema>>;

export { type BounceEvent, BounceEventSchema, BounceSchema };
