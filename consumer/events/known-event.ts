import { type Check, compileCheck } from './compile-check';
import { type EventKind, eventKinds, eventSchemas, type KnownEvent } from './email-event';
import { isJsonObject } from './json-object';

const checks: ReadonlyMap<unknown, Check> = new Map(
  eventKinds.map((kind) => [kind, compileCheck(eventSchemas[kind])]),
);

/** Checks whether a text is one of the ten kinds, in the spelling of AWS. */
function isEventKind(text: unknown): text is EventKind {
  return checks.has(text);
}

/** Checks whether a parsed record is a valid event of one of the ten kinds. */
function isKnownEvent(record: unknown): record is KnownEvent {
  if (!isJsonObject(record)) return false;
  const check = checks.get(record.eventType);
  return check?.(record) === true;
}

export { isEventKind, isKnownEvent };
