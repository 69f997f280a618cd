// Compiled in a project with only this package and zod, without Node's types, as for a browser. The types of
// zod require `URL`, which the DOM types declare here.
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

// @ts-expect-error: text must be parsed first, with JSON.parse or parseRecord
export const text: string = event;
