import { z } from 'zod';
import { MailSchema } from './mail';
import type { Exact } from './schema';

/**
 * Schema of a Rendering Failure event: SES did not send a templated message, because the data does not match
 * the template.
 *
 * `eventType` has a space and the block is called `failure`; the API writes `RENDERING_FAILURE`. The block
 * has no timestamp: the time of the event is `mail.timestamp`. `mail` has neither `headers` nor
 * `commonHeaders`.
 *
 * @example
 * ```json
 * {
 *   "eventType": "Rendering Failure",
 *   "mail": { "timestamp": "2026-03-04T05:06:07.890Z", "messageId": "0100…" },
 *   "failure": {
 *     "templateName": "welcome",
 *     "errorMessage": "Attribute 'name' is not present in the rendering data."
 *   }
 * }
 * ```
 * @see https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-firehose-contents.html#event-publishing-retrieving-firehose-contents-failure-object
 */
const RenderingFailureEventSchema = z.looseObject({
  /** The kind of the event, as AWS spells it. */
  eventType: z.literal('Rendering Failure'),
  /** The message that the event is about. */
  mail: MailSchema,
  /** The failure: the template and the error. */
  failure: z.looseObject({
    /** Name of the template. */
    templateName: z.string().nullish(),
    /** Error in the template or its data. */
    errorMessage: z.string().nullish(),
  }),
});

/** A Rendering Failure event: see {@link RenderingFailureEventSchema}. */
type RenderingFailureEvent = Exact<z.infer<typeof RenderingFailureEventSchema>>;

export { type RenderingFailureEvent, RenderingFailureEventSchema };
