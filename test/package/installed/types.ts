// Compiled in a project with the package: this file as CommonJS, types.mts as ESM.
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
      // @ts-expect-error: there is no index signature, so a typo is an error
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
  // @ts-expect-error: unknown kind
  readEvents(path, { kinds: ['Bounced'] });
  return events.counts;
}
