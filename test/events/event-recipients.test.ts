import { eventRecipients, parseEvent } from '../../consumer/events';
import { type FixtureKind, fixture, fixtures } from '../fixtures/load';
import { withValue } from './json-path';

const ana = 'ana@example.com';
const ben = 'ben@example.net';
const chloe = 'chloe@example.org';

/** Folder, fixture, addresses, attribution. */
const table: readonly (readonly [FixtureKind, string, readonly string[], string])[] = [
  ['send', 'full', [ana, ben, chloe], 'named'],
  ['send', 'minimal', [], 'named'],
  ['send', 'null-optionals', [], 'named'],
  ['reject', 'null-optionals', [], 'named'],
  ['rendering-failure', 'non-ascii-template', [ana, ben], 'named'],
  ['delivery', 'fewer-recipients-than-destination', [ben, 'dmitri@example.com'], 'named'],
  ['bounce', 'several-recipients', ['ANA@Example.COM', ben, chloe], 'named'],
  ['complaint', 'several-candidates', [ana, 'chloe@example.com'], 'candidates'],
  ['delivery-delay', 'sending-deferral', [ana, ben], 'named'],
  ['open', 'several-recipients', [], 'unknown'],
  ['open', 'minimal', [], 'unknown'],
  ['open', 'null-optionals', [], 'unknown'],
  ['click', 'several-recipients', [], 'unknown'],
  ['subscription', 'source-is-an-address', [], 'unknown'],
  ['subscription', 'minimal', [], 'unknown'],
  ['legacy-complaint', 'several-candidates', [ana, 'chloe@example.com'], 'candidates'],
];

describe('eventRecipients', () => {
  it.each(table)('of %s/%s are %j (%s)', (folder, name, addresses, attribution) => {
    expect(eventRecipients(parseEvent(fixture(folder, name)))).toEqual({ addresses, attribution });
  });

  it.each([
    ['open', 'full'],
    ['click', 'full'],
    ['subscription', 'unsubscribe-header'],
  ] as const)('of %s/%s is the only recipient of the message', (folder, name) => {
    const record = withValue(fixture(folder, name), ['mail', 'destination'], [ana]);
    expect(eventRecipients(parseEvent(record))).toEqual({ addresses: [ana], attribution: 'named' });
  });

  it.each([
    ['open', 'full'],
    ['click', 'full'],
    ['subscription', 'unsubscribe-header'],
  ] as const)('of %s/%s are empty when the message had none or several', (folder, name) => {
    for (const destination of [[], [ana, ben], [ana, ana]]) {
      const record = withValue(fixture(folder, name), ['mail', 'destination'], destination);
      expect(eventRecipients(parseEvent(record))).toEqual({ addresses: [], attribution: 'unknown' });
    }
  });

  it('are never all recipients of the message when the event names one', () => {
    for (const [folder, path] of [
      ['delivery', ['delivery', 'recipients']],
      ['bounce', ['bounce', 'bouncedRecipients']],
      ['complaint', ['complaint', 'complainedRecipients']],
      ['delivery-delay', ['deliveryDelay', 'delayedRecipients']],
    ] as const) {
      const record = withValue(
        withValue(fixture(folder, 'minimal'), path, []),
        ['mail', 'destination'],
        [ana],
      );
      expect(eventRecipients(parseEvent(record)).addresses).toEqual([]);
    }
  });

  it.each(fixtures('unknown'))('of an unknown event are empty: %s', (_name, record) => {
    expect(eventRecipients(parseEvent(record))).toEqual({ addresses: [], attribution: 'unknown' });
  });

  it('keep display names and letter case of the record', () => {
    const event = parseEvent(fixture('send', 'non-ascii'));
    expect(eventRecipients(event).addresses).toEqual(['Zoë Müller <zoë@bücher.example>']);
  });
});
