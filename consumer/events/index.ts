/**
 * The types and schemas of email events, functions that parse them, and type guards. Requires zod only.
 *
 * @module ses-event-archive/events
 */
import './zod-version'; // before the schemas

export { type BounceEvent, BounceEventSchema } from './bounce';
export { type ClickEvent, ClickEventSchema } from './click';
export { type ComplaintEvent, ComplaintEventSchema } from './complaint';
export { type DeliveryEvent, DeliveryEventSchema } from './delivery';
export { type DeliveryDelayEvent, DeliveryDelayEventSchema } from './delivery-delay';
export {
  type EmailEvent,
  type EventKind,
  type EventOf,
  eventKinds,
  eventSchemas,
  type KnownEvent,
  KnownEventSchema,
} from './email-event';
export { type EventIssue, EventParseError } from './event-parse-error';
export { type EventRecipients, eventRecipients } from './event-recipients';
export { eventTime } from './event-time';
export {
  isBounce,
  isClick,
  isComplaint,
  isDelivery,
  isDeliveryDelay,
  isOpen,
  isReject,
  isRenderingFailure,
  isSend,
  isSubscription,
  isUnknown,
} from './guards';
export { type LegacyNotification, LegacyNotificationSchema, legacyToEmailEvent } from './legacy-notification';
export { type Mail, MailSchema } from './mail';
export { type OpenEvent, OpenEventSchema } from './open';
export {
  type EventOrigin,
  type EventParseFailure,
  type EventParseResult,
  type EventParseSuccess,
  parseEvent,
  safeParseEvent,
} from './parse-event';
export { type PinpointEmail, PinpointEmailSchema, pinpointEmailTypes } from './pinpoint-email';
export { pinpointToEmailEvent } from './pinpoint-to-email-event';
export { type RejectEvent, RejectEventSchema } from './reject';
export { type RenderingFailureEvent, RenderingFailureEventSchema } from './rendering-failure';
export { type SendEvent, SendEventSchema } from './send';
export { type SubscriptionEvent, SubscriptionEventSchema } from './subscription';
export { parseTimestamp } from './timestamp';
export type { UnknownEvent } from './unknown';
