import { z } from 'zod';
import { MailSchema } from './mail';
import { type Exact, openEnum } from './schema';

/**
 * Schema of a Reject event: SES accepted the message, found a virus in it and did not send it.
 *
 * The block has no timestamp: the time of the event is `mail.timestamp`. A record that this library rejects
 * is a different thing.
 *
 * @example
 * ```json
 * {
 *   "eventType": "Reject",
 *   "mail": { "timestamp": "2026-03-04T05:06:07.890Z", "messageId": "0100…" },
 *   "reject": { "reason": "Bad content" }
 * }
 * ```
 * @see https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-firehose-contents.html#event-publishing-retrieving-firehose-contents-reject-object
 */
const RejectEventSchema = z.looseObject({
  /** The kind of the event, as AWS spells it. */
  eventType: z.literal('Reject'),
  /** The message that the event is about. */
  mail: MailSchema,
  /** The reason of SES for refusing the message. */
  reject: z.looseObject({ reason: openEnum(['Bad content']) }),
});

/** A Reject event: see {@link RejectEventSchema}. */
type RejectEvent = Exact<z.infer<typeof RejectEventSchema>>;

export { type RejectEvent, RejectEventSchema };
