// Compiled where the package is installed, as CommonJS here and as ESM in types.mts.
import { type EmailEvent, type ReadCounts, type Reject, readEvents } from 'ses-event-archive';

function unreachable(event: never): never {
  throw new Error(`unexpected ${event}`);
}

export function subjectOf(event: EmailEvent): unknown {
  switch (event.eventType) {
    case 'Send':
      return event.send;
    case 'Delivery':
      return event.delivery.smtpResponse;
    case 'Reject':
      return event.reject.reason;
    case 'Rendering Failure':
      return event.failure.errorMessage;
    case 'Bounce':
      // @ts-expect-error: no index signature hides a slip of the pen
      event.bouncee;
      return event.bounce.bouncedRecipients;
    case 'Complaint':
      return event.complaint.complaintFeedbackType;
    case 'Open':
      return event.open.userAgent;
    case 'Click':
      return event.click.link;
    case 'DeliveryDelay':
      return event.deliveryDelay.delayType;
    case 'Subscription':
      return event.subscription.contactList;
    case 'Unknown':
      return event.record;
    default:
      return unreachable(event);
  }
}

export async function read(path: string): Promise<ReadCounts> {
  const events = readEvents(path, {
    kinds: ['Bounce', 'Rendering Failure'],
    onReject: (reject: Reject) => console.error(reject.reason, reject.offset),
  });
  for await (const { event, provenance, id } of events) console.log(id, provenance.object, subjectOf(event));
  // @ts-expect-error: no such kind
  readEvents(path, { kinds: ['Bounced'] });
  return events.counts;
}
