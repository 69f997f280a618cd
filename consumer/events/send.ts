import { z } from 'zod';
import { MailSchema } from './mail';
import type { Exact } from './schema';

/**
 * Schema of a Send event: SES accepted the message and will try to deliver it. It does not confirm delivery.
 *
 * The block is always empty; the time of the event is `mail.timestamp`.
 *
 * @example
 * ```json
 * { "eventType": "Send", "mail": { "timestamp": "2026-03-04T05:06:07.890Z", "messageId": "0100…" }, "send": {} }
 * ```
 * @see https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-firehose-contents.html#event-publishing-retrieving-firehose-contents-send-object
 */
const SendEventSchema = z.looseObject({
  /** The kind of the event, as AWS spells it. */
  eventType: z.literal('Send'),
  /** The message that the event is about. */
  mail: MailSchema,
  /** Always empty. */
  send: z.looseObject({}),
});

/** A Send event: see {@link SendEventSchema}. */
type SendEvent = Exact<z.infer<typeof SendEventSchema>>;

export { type SendEvent, SendEventSchema };
