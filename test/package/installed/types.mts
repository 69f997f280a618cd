import { parseRecord, readEvents } from 'ses-event-archive';
import {
  type BounceEvent,
  BounceEventSchema,
  type EmailEvent,
  isBounce,
  parseEvent,
} from 'ses-event-archive/events';
import { z } from 'zod';

function unreachable(event: never): never {
  throw new Error(`unexpected ${event}`);
}

export function blockOf(event: EmailEvent): object {
  switch (event.eventType) {
    case 'Send':
    case 'Delivery':
    case 'Reject':
    case 'Rendering Failure':
    case 'Open':
    case 'Click':
    case 'DeliveryDelay':
    case 'Subscription':
    case 'Complaint':
      return event.mail;
    case 'Bounce':
      // @ts-expect-error: there is no index signature, so a typo is an error
      return event.bouncee;
    case 'Unknown':
      return event.record;
    default:
      return unreachable(event);
  }
}

for await (const { event } of readEvents('two-lines.ndjson')) console.log(blockOf(event));
for (const outcome of parseRecord('{}')) if (outcome.outcome === 'reject') console.log(outcome.issues);

/** Users include the schemas in their own. Both must use the same zod. */
const Stored = z.object({ event: BounceEventSchema });
export const stored: BounceEvent = Stored.parse({}).event;

const parsed = parseEvent({});
if (isBounce(parsed)) console.log(parsed.bounce.bounceType);
