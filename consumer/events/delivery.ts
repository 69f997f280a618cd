import { z } from 'zod';
import { MailSchema } from './mail';
import { type Exact, timestamp } from './schema';

/** The schema of the `delivery` block. Identity-level notifications have the same block. */
const DeliverySchema = z.looseObject({
  /** Time at which the recipient's server accepted the message. */
  timestamp,
  /** The recipients of this event, which can be fewer than `mail.destination`. */
  recipients: z.array(z.string()),
  /**
   * Milliseconds between acceptance by SES and delivery. SES writes an integer; masked test data has text.
   */
  processingTimeMillis: z.union([z.number(), z.string()]).nullish(),
  /** The response of the receiving server: free text, which can contain control characters. */
  smtpResponse: z.string().nullish(),
  /** Mail server of SES that delivered the message. */
  reportingMTA: z.string().nullish(),
  /** Not always a valid address: the AWS example is not. */
  remoteMtaIp: z.string().nullish(),
});

/**
 * Schema of a Delivery event: the recipient's mail server accepted the message. A bounce can still follow.
 *
 * @example
 * ```json
 * {
 *   "eventType": "Delivery",
 *   "mail": { "timestamp": "2026-03-04T05:06:07.890Z", "messageId": "0100…" },
 *   "delivery": {
 *     "timestamp": "2026-03-04T05:06:09.120Z",
 *     "processingTimeMillis": 1230,
 *     "recipients": ["ana@example.com"],
 *     "smtpResponse": "250 2.6.0 Message received",
 *     "reportingMTA": "a8-31.smtp-out.amazonses.com"
 *   }
 * }
 * ```
 * @see https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-firehose-contents.html#event-publishing-retrieving-firehose-contents-delivery-object
 */
const DeliveryEventSchema = z.looseObject({
  /** The kind of the event, as AWS spells it. */
  eventType: z.literal('Delivery'),
  /** The message that the event is about. */
  mail: MailSchema,
  /** The delivery: the recipients, and the response of their server. */
  delivery: DeliverySchema,
});

/** A Delivery event: see {@link DeliveryEventSchema}. */
type DeliveryEvent = Exact<z.infer<typeof DeliveryEventSchema>>;

export { type DeliveryEvent, DeliveryEventSchema, DeliverySchema };
