import { eventFolders } from '../events/event-folders';
import { fixture } from '../fixtures/load';

/** A Send event as one line of text. */
function sendText(messageId: string, mail: Readonly<Record<string, unknown>> = {}): string {
  const base = { timestamp: '2026-03-04T05:06:07.890Z', messageId };
  return JSON.stringify({ eventType: 'Send', mail: { ...base, ...mail }, send: {} });
}

/** One event of each of the ten kinds, one per line. */
const tenKinds = eventFolders.map(([folder]) => `${JSON.stringify(fixture(folder, 'minimal'))}\n`).join('');

/** A valid record that is not an email event. */
const leftOutText = JSON.stringify(fixture('skipped', 'pinpoint-session-start'));

/** Records that must be rejected, with the reasons. */
const rejectedTexts = [
  ['invalid-event', JSON.stringify(fixture('invalid', 'bounce-without-mail'))],
  ['not-an-email-event', '{"hello":"world"}'],
  ['not-json', 'INFO started'],
] as const;

export { leftOutText, rejectedTexts, sendText, tenKinds };
