import { z } from 'zod';
import { BounceSchema } from './bounce';
import { ComplaintSchema } from './complaint';
import { DeliverySchema } from './delivery';
import type { EmailEvent } from './email-event';
import { MailSchema } from './mail';
import type { Exact } from './schema';

/** The schema of each notification, by its `notificationType`. */
const legacyNotificationSchemas = {
  Bounce: z.looseObject({ notificationType: z.literal('Bounce'), mail: MailSchema, bounce: BounceSchema }),
  Complaint: z.looseObject({
    notificationType: z.literal('Complaint'),
    mail: MailSchema,
    complaint: ComplaintSchema,
  }),
  Delivery: z.looseObject({
    notificationType: z.literal('Delivery'),
    mail: MailSchema,
    delivery: DeliverySchema,
  }),
} as const;

/**
 * Identity-level feedback notifications, which SES sends to an SNS topic: the older channel, with
 * `notificationType` where event publishing writes `eventType`, and without `mail.tags`.
 *
 * With both channels set up the same bounce arrives twice, with the same `feedbackId`.
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
 * A legacy notification as the event that it reports. Every field is kept, `notificationType` too:
 * without the added `eventType` the result is the notification again.
 */
function legacyToEmailEvent(notification: LegacyNotification): EmailEvent {
  // The three blocks are the same schemas as in event publishing; TypeScript cannot see that the two
  // discriminators always agree.
  return { ...notification, eventType: notification.notificationType } as EmailEvent;
}

export { type LegacyNotification, LegacyNotificationSchema, legacyNotificationSchemas, legacyToEmailEvent };
