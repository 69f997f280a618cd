import type { z } from 'zod';
import { type Check, compileCheck } from './compile-check';
import { type EmailEvent, eventSchemas } from './email-event';
import { EventParseError } from './event-parse-error';
import { findIssues } from './find-issues';
import { isJsonObject, type JsonObject } from './json-object';
import { isEventKind, isKnownEvent } from './known-event';
import {
  type LegacyNotification,
  legacyNotificationSchemas,
  legacyToEmailEvent,
} from './legacy-notification';
import { type PinpointEmail, PinpointEmailSchema } from './pinpoint-email';
import { pinpointToEmailEvent } from './pinpoint-to-email-event';

/** The family of the record: event publishing, legacy notification or Pinpoint. */
type EventOrigin = 'event-publishing' | 'legacy-notification' | 'pinpoint';

/** The result of `safeParseEvent` for a valid email event. */
interface EventParseSuccess {
  success: true;
  event: EmailEvent;
  origin: EventOrigin;
}

/** The result of `safeParseEvent` for any other record. `input` is the record as it was passed. */
interface EventParseFailure {
  success: false;
  error: EventParseError;
  input: unknown;
}

/** The result of `safeParseEvent`, discriminated by `success`. */
type EventParseResult = EventParseSuccess | EventParseFailure;

const legacyChecks: ReadonlyMap<unknown, Check> = new Map(
  Object.entries(legacyNotificationSchemas).map(([type, schema]) => [type, compileCheck(schema)]),
);

/** Checks whether the record is one of the three legacy feedback notifications, valid or not. */
function isLegacyNotification(record: JsonObject): boolean {
  return legacyChecks.has(record.notificationType);
}

/** Checks whether the record is an email record of a Pinpoint event stream, valid or not. */
function isPinpointEmail(record: JsonObject): boolean {
  return typeof record.event_type === 'string' && record.event_type.startsWith('_email.');
}

function invalid(input: unknown, schema: z.ZodType, noun: string): EventParseFailure {
  const { issues, more } = findIssues(schema, input);
  return { success: false, error: new EventParseError(`invalid ${noun}`, issues, more), input };
}

function notAnEvent(input: unknown, received: string): EventParseFailure {
  const message = `not an email event: ${received}`;
  return { success: false, error: new EventParseError(message, []), input };
}

function describeValue(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'an array' : `a value of type ${typeof value}`;
}

function parsePublished(record: JsonObject, recordType: string): EventParseResult {
  if (isEventKind(recordType)) return invalid(record, eventSchemas[recordType], `${recordType} event`);
  if (!isJsonObject(record.mail) && !Array.isArray(record.mail))
    return notAnEvent(record, 'an unknown eventType without a mail block');
  const event: EmailEvent = { eventType: 'Unknown', recordType, record };
  return { success: true, event, origin: 'event-publishing' };
}

function parseLegacy(record: JsonObject): EventParseResult {
  const type = record.notificationType as LegacyNotification['notificationType']; // isLegacyNotification has checked it
  if (legacyChecks.get(type)?.(record) !== true) {
    return invalid(record, legacyNotificationSchemas[type], `${type} notification`);
  }
  // The check has verified the shape of the notification.
  const event = legacyToEmailEvent(record as unknown as LegacyNotification);
  return { success: true, event, origin: 'legacy-notification' };
}

function parsePinpoint(record: JsonObject): EventParseResult {
  const failure = invalid(record, PinpointEmailSchema, 'Pinpoint email record');
  if (failure.error.issues.length > 0) return failure;
  // Without an issue, the record satisfies the schema.
  const event = pinpointToEmailEvent(record as unknown as PinpointEmail);
  return { success: true, event, origin: 'pinpoint' };
}

/**
 * Parses one record as an email event. The record is already parsed from JSON and without an envelope.
 *
 * Accepts records of event publishing, legacy feedback notifications and Pinpoint `_email.*` records;
 * `origin` is the family of the record. A kind that AWS added later becomes an `UnknownEvent`. For event
 * publishing, the event is the passed object itself, with all unknown fields.
 *
 * @returns `{ success: true, event, origin }`, or `{ success: false, error, input }` with issue paths that
 * start at the record
 * @see https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-firehose-contents.html
 *
 * @example
 * ```ts
 * const result = safeParseEvent(JSON.parse(line));
 * if (result.success) console.log(result.event.eventType);
 * else console.log(result.error.issues);
 * ```
 */
function safeParseEvent(input: unknown): EventParseResult {
  if (isKnownEvent(input)) return { success: true, event: input, origin: 'event-publishing' };
  if (!isJsonObject(input)) return notAnEvent(input, describeValue(input));
  if (typeof input.eventType === 'string') return parsePublished(input, input.eventType);
  if (isLegacyNotification(input)) return parseLegacy(input);
  if (isPinpointEmail(input)) return parsePinpoint(input);
  return notAnEvent(input, 'no eventType, notificationType or event_type of an email event');
}

/**
 * Parses a record like {@link safeParseEvent}, but returns the event itself.
 *
 * @throws {EventParseError} when the record is not an email event, with zod's issues
 *
 * @example
 * ```ts
 * const event = parseEvent(JSON.parse(line));
 * if (event.eventType === 'Bounce') console.log(event.bounce.bounceType);
 * ```
 */
function parseEvent(input: unknown): EmailEvent {
  const result = safeParseEvent(input);
  if (!result.success) throw result.error;
  return result.event;
}

export {
  type EventOrigin,
  type EventParseFailure,
  type EventParseResult,
  type EventParseSuccess,
  isLegacyNotification,
  isPinpointEmail,
  parseEvent,
  safeParseEvent,
};
