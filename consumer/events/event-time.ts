import type { EmailEvent, KnownEvent } from './email-event';
import { parseTimestamp } from './timestamp';

/** The return type excludes undefined, so that a missing kind does not compile. */
function timestampOf(event: KnownEvent): string {
  switch (event.eventType) {
    case 'Send':
    case 'Reject':
    case 'Rendering Failure':
      return event.mail.timestamp;
    case 'Delivery':
      return event.delivery.timestamp;
    case 'Bounce':
      return event.bounce.timestamp;
    case 'Complaint':
      return event.complaint.timestamp;
    case 'Open':
      return event.open.timestamp;
    case 'Click':
      return event.click.timestamp;
    case 'DeliveryDelay':
      return event.deliveryDelay.timestamp;
    case 'Subscription':
      return event.subscription.timestamp;
  }
}

/**
 * Returns the time of an event: the timestamp in its block. Send, Reject and Rendering Failure only have
 * `mail.timestamp`.
 *
 * @returns undefined for an unknown kind and for an invalid timestamp; never the current time, and never the
 * send time of an open
 * @see https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-firehose-contents.html
 *
 * @example
 * ```ts
 * eventTime(event)?.toISOString(); // '2026-03-04T09:00:00.000Z'
 * ```
 */
function eventTime(event: EmailEvent): Date | undefined {
  return event.eventType === 'Unknown' ? undefined : parseTimestamp(timestampOf(event));
}

export { eventTime };
