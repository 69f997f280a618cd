import type { BounceEvent } from './bounce';
import type { ClickEvent } from './click';
import type { ComplaintEvent } from './complaint';
import type { DeliveryEvent } from './delivery';
import type { DeliveryDelayEvent } from './delivery-delay';
import type { EmailEvent } from './email-event';
import type { OpenEvent } from './open';
import type { RejectEvent } from './reject';
import type { RenderingFailureEvent } from './rendering-failure';
import type { SendEvent } from './send';
import type { SubscriptionEvent } from './subscription';
import type { UnknownEvent } from './unknown';

/** Whether the event is a Send. A type guard for `filter`. */
const isSend = (event: EmailEvent): event is SendEvent => event.eventType === 'Send';
/** Whether the event is a Delivery. */
const isDelivery = (event: EmailEvent): event is DeliveryEvent => event.eventType === 'Delivery';
/** Whether the event is a Reject: SES found a virus. */
const isReject = (event: EmailEvent): event is RejectEvent => event.eventType === 'Reject';
/** Whether the event is a Rendering Failure. */
const isRenderingFailure = (event: EmailEvent): event is RenderingFailureEvent =>
  event.eventType === 'Rendering Failure';
/** Whether the event is a Bounce. */
const isBounce = (event: EmailEvent): event is BounceEvent => event.eventType === 'Bounce';
/** Whether the event is a Complaint. */
const isComplaint = (event: EmailEvent): event is ComplaintEvent => event.eventType === 'Complaint';
/** Whether the event is an Open. */
const isOpen = (event: EmailEvent): event is OpenEvent => event.eventType === 'Open';
/** Whether the event is a Click. */
const isClick = (event: EmailEvent): event is ClickEvent => event.eventType === 'Click';
/** Whether the event is a DeliveryDelay. */
const isDeliveryDelay = (event: EmailEvent): event is DeliveryDelayEvent =>
  event.eventType === 'DeliveryDelay';
/** Whether the event is a Subscription. */
const isSubscription = (event: EmailEvent): event is SubscriptionEvent => event.eventType === 'Subscription';
/** Whether the event is of a kind that this version does not know. */
const isUnknown = (event: EmailEvent): event is UnknownEvent => event.eventType === 'Unknown';

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
};
