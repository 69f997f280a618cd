import { z } from 'zod';
import { MailSchema } from './mail';
import { type Exact, openEnum, timestamp } from './schema';

/** The schema of the `complaint` block. Identity-level notifications have the same block. */
const ComplaintSchema = z.looseObject({
  /** Candidates: providers redact the address, so any one of these recipients can have complained. */
  complainedRecipients: z.array(z.looseObject({ emailAddress: z.string() })),
  /** Time at which the provider sent the complaint. */
  timestamp,
  /** Id of the bounce or complaint. A legacy notification of the same feedback has it too. */
  feedbackId: z.string().nullish(),
  /** Usually an explicit null. */
  complaintSubType: openEnum(['OnAccountSuppressionList', 'OnTenantSuppressionList']).nullish(),
  /** Only with a feedback report. */
  userAgent: z.string().nullish(),
  /** Only with a feedback report. `not-spam` is the opposite of a complaint. */
  complaintFeedbackType: openEnum(['abuse', 'auth-failure', 'fraud', 'not-spam', 'other', 'virus']).nullish(),
  /** Only with a feedback report, and not always then. Can have an offset. */
  arrivalDate: timestamp.nullish(),
});

/**
 * Schema of a Complaint event: someone marked a delivered message as spam, or with `not-spam` as the
 * opposite.
 *
 * @example
 * ```json
 * {
 *   "eventType": "Complaint",
 *   "mail": { "timestamp": "2026-03-04T05:06:07.890Z", "messageId": "0100…" },
 *   "complaint": {
 *     "complainedRecipients": [{ "emailAddress": "ana@example.com" }],
 *     "timestamp": "2026-03-05T08:00:00.000Z",
 *     "feedbackId": "0100…",
 *     "complaintSubType": null,
 *     "userAgent": "Yahoo!-Mail-Feedback/2.0",
 *     "complaintFeedbackType": "abuse",
 *     "arrivalDate": "2026-03-04T05:06:07.000Z"
 *   }
 * }
 * ```
 * @see https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-firehose-contents.html#event-publishing-retrieving-firehose-contents-complaint-object
 */
const ComplaintEventSchema = z.looseObject({
  /** The kind of the event, as AWS spells it. */
  eventType: z.literal('Complaint'),
  /** The message that the event is about. */
  mail: MailSchema,
  /** The complaint: its type, and the recipients that may have complained. */
  complaint: ComplaintSchema,
});

/** A Complaint event: see {@link ComplaintEventSchema}. */
type ComplaintEvent = Exact<z.infer<typeof ComplaintEventSchema>>;

export { type ComplaintEvent, ComplaintEventSchema, ComplaintSchema };
