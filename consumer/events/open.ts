import { z } from 'zod';
import { MailSchema } from './mail';
import { type Exact, openEnum, timestamp } from './schema';

/** The fields that opens and clicks share. */
const engagement = {
  /** Time of the open or click. */
  timestamp,
  /** IPv4 or IPv6; often a mail provider's proxy. */
  ipAddress: z.string().nullish(),
  /** User agent of the program. */
  userAgent: z.string().nullish(),
  /** Text, not a boolean; absent before 2026-08-06. */
  isBotEvent: openEnum(['Likely', 'Unlikely']).nullish(),
};

/**
 * Schema of an Open event: a reader, a privacy proxy or a scanner fetched the tracking image.
 *
 * The record does not identify the recipient, and `mail.sourceArn` is absent. Each open is a separate event,
 * for 60 days after sending.
 *
 * @example
 * ```json
 * {
 *   "eventType": "Open",
 *   "mail": { "timestamp": "2026-03-04T05:06:07.890Z", "messageId": "0100…" },
 *   "open": {
 *     "ipAddress": "192.0.2.1",
 *     "timestamp": "2026-03-04T09:00:00.000Z",
 *     "userAgent": "Mozilla/5.0",
 *     "isBotEvent": "Unlikely"
 *   }
 * }
 * ```
 * @see https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-firehose-contents.html#event-publishing-retrieving-firehose-contents-open-object
 */
const OpenEventSchema = z.looseObject({
  /** The kind of the event, as AWS spells it. */
  eventType: z.literal('Open'),
  /** The message that the event is about. */
  mail: MailSchema,
  /** The open: its time, and the program that loaded the pixel. */
  open: z.looseObject(engagement),
});

/** An Open event: see {@link OpenEventSchema}. */
type OpenEvent = Exact<z.infer<typeof OpenEventSchema>>;

export { engagement, type OpenEvent, OpenEventSchema };
