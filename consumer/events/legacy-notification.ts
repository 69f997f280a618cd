import { z } from 'zod';
import { BounceSchema } from './bounce';
import { ComplaintSchema } from './complaint';
import { DeliverySchema } from './delivery';
import type { EmailEvent } from './email-event';
import { MailSchema } from './mail';
import type { Exact } from './schema';

/** The schema of each notification, by its `notificationType`. */
const legacyNotificationSchemas = {
  Bounce: z.looseObject({
    /** The kind of the notification. */
    notificationType: z.literal('Bounce'),
    /** The message that the event is about. */
    mail: MailSchema,
    /** The bounce: its type, and the recipients that bounced. */
    bounce: BounceSchema,
  }),
  Complaint: z.looseObject({
    /** The kind of the notification. */
    notificationType: z.literal('Complaint'),
    /** The message that the event is about. */
    mail: MailSchema,
    /** The complaint: its type, and the recipients that may have complained. */
    complaint: ComplaintSchema,
  }),
  Delivery: z.looseObject({
    /** The kind of the notification. */
    notificationType: z.literal('Delivery'),
    /** The message that the event is about. */
    mail: MailSchema,
    /** The delivery: the recipients, and the response of their server. */
    delivery: DeliverySchema,
  }),
} as const;

/**
 * Schema of an identity-level feedback notification, which SES sends to an SNS topic. It is the older
 * channel: it has `notificationType` instead of `eventType`, and no `mail.tags`.
 *
 * When both channels are set up, each bounce arrives twice, with the same `feedbackId`.
 *
 * @example
 * ```json
 * {
 *   "notificationType": "Bounce",
 *   "mail": { "timestamp": "2018-10-08T14:05:45 +0000", "messageId": "0100…", "sourceIp": "192.0.2.1" },
 *   "bounce": {
 *     "bounceType": "Permanent", "bounceSubType": "General", "timestamp": "2018-10-08T14:05:46.000Z",
 *     "bouncedRecipients": [{ "emailAddress": "gone@example.com" }], "feedbackId": "0100…"
 *   }
 * }
 * ```
 * @see https://docs.aws.amazon.com/ses/latest/dg/notification-contents.html
 */
const LegacyNotificationSchema = z.discriminatedUnion('notificationType', [
  legacyNotificationSchemas.Bounce,
  legacyNotificationSchemas.Complaint,
  legacyNotificationSchemas.Delivery,
]);

/** A legacy feedback notification: see {@link LegacyNotificationSchema}. */
type LegacyNotification = Exact<z.infer<typeof LegacyNotificationSchema>>;

/**
 * Converts a legacy notification to the event that it reports. Every field remains, including
 * `notificationType`: without the added `eventType`, the result equals the notification.
 */
function legacyToEmailEvent(notification: LegacyNotification): EmailEvent {
  // The three blocks have the same schemas as in event publishing. TypeScript does not detect that the two
  // discriminators always agree.
  return { ...notification, eventType: notification.notificationType } as EmailEvent;
}

export { type LegacyNotification, LegacyNotificationSchema, legacyNotificationSchemas, legacyToEmailEvent };
