import { eventKinds } from '../consumer/events';

/** A default as documentation shows it; a list that has every kind of event is told by their number. */
function defaultText(value: unknown): string {
  const isEveryKind = Array.isArray(value) && value.length === eventKinds.length;
  return isEveryKind ? `all ${value.length}` : `\`${JSON.stringify(value)}\``;
}

export { defaultText };
