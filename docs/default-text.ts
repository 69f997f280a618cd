import { eventKinds } from '../consumer/events';

/** Formats a default for the documentation; a list with every kind of event is shown as their number. */
function defaultText(value: unknown): string {
  const isEveryKind = Array.isArray(value) && value.length === eventKinds.length;
  return isEveryKind ? `all ${value.length}` : `\`${JSON.stringify(value)}\``;
}

export { defaultText };
