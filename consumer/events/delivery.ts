import { z } from 'zod';
import { MailSchema } from './mail';
import { type Exact, timestamp } from './schema';

/** The `delivery` block; identity-level notifications carry the same one. */
const DeliverySchema = z.looseObject({
  timestamp,
  /** The recipients this event covers: perhaps fewer than `mail.destination`. */
  recipients: z.array(z.string()),
  /** Milliseconds from accepting to handing over; an integer from SES, text in masked test data. */
  processingTimeMillis: z.union([z.number(), z.string()]).nullish(),
  /** The receiving server's answer: free text, perhaps with control characters. */
  smtpResponse: z.string().nullish(),
  reportingMTA: z.string().nullish(),
  /** Not always an address that a validator would accept: AWS's own example is not. */
  remoteMtaIp: z.string().nullish(),
});

/**
 * The recipient's mail server accepted the message. A bounce can still follow.
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
  eventType: z.literal('Delivery'),
  mail: MailSchema,
  delivery: DeliverySchema,
});

/** A Delivery event: see {@link DeliveryEventSchema}. */
type DeliveryEvent = Exact<z.infer<typeof DeliveryEventSchema>>;

export { type DeliveryEvent, DeliveryEventSchema, DeliverySchema };
