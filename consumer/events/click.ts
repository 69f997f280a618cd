import { z } from 'zod';
import { MailSchema } from './mail';
import { engagement } from './open';
import type { Exact } from './schema';

/**
 * Schema of a Click event: a reader or a scanner followed a tracked link.
 *
 * The record does not identify the recipient, and `mail.sourceArn` is absent. `linkTags` is null, absent or a
 * map. `link` is unchecked text from the sender.
 *
 * @example
 * ```json
 * {
 *   "eventType": "Click",
 *   "mail": { "timestamp": "2026-03-04T05:06:07.890Z", "messageId": "0100…" },
 *   "click": {
 *     "ipAddress": "192.0.2.1",
 *     "timestamp": "2026-03-04T09:00:05.000Z",
 *     "userAgent": "Mozilla/5.0",
 *     "link": "https://shop.example/spring",
 *     "linkTags": { "position": ["top"] }
 *   }
 * }
 * ```
 * @see https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-firehose-contents.html#event-publishing-retrieving-firehose-contents-click-object
 */
const ClickEventSchema = z.looseObject({
  /** The kind of the event, as AWS spells it. */
  eventType: z.literal('Click'),
  /** The message that the event is about. */
  mail: MailSchema,
  /** The click: the link, and the program that followed it. */
  click: z.looseObject({
    ...engagement,
    /** URL of the link. */
    link: z.string(),
    /** Tags of the link, from its attribute `ses:tags`: lists of values by name. */
    linkTags: z.record(z.string(), z.array(z.string())).nullish(),
  }),
});

/** A Click event: see {@link ClickEventSchema}. */
type ClickEvent = Exact<z.infer<typeof ClickEventSchema>>;

export { type ClickEvent, ClickEventSchema };
