// Compiled where only this package and zod are installed: without Node's types, as for a browser (zod's own
// types name URL, which one of the two has to declare).
import {
  type EmailEvent,
  type EventParseResult,
  eventRecipients,
  parseEvent,
  safeParseEvent,
} from 'ses-event-archive/events';

export const event: EmailEvent = parseEvent({});
export const result: EventParseResult = safeParseEvent(event);
export const addresses: readonly string[] = eventRecipients(event).addresses;

// @ts-expect-error: text has to be parsed as JSON first, or by parseRecord
export const text: string = event;
