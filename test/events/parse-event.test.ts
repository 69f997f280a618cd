import fc from 'fast-check';
import {
  EventParseError,
  eventRecipients,
  eventTime,
  KnownEventSchema,
  parseEvent,
  safeParseEvent,
} from '../../consumer/events';
import { fixture, fixtureKinds, fixtures } from '../fixtures/load';
import { runs } from '../property-runs';
import { eventFolders } from './event-folders';
import { isContainer, setOwn, withValue } from './json-path';
import { mutated, mutation } from './mutations';

function errorOf(record: unknown): EventParseError {
  const result = safeParseEvent(record);
  if (result.success) throw new Error('the record is a valid event');
  return result.error;
}

const discriminators: readonly string[] = ['eventType', 'notificationType', 'event_type'];

/**
 * Replaces every text and number of a record except the discriminators, so that it can be recognized in
 * messages.
 */
function redacted(value: unknown, key: string): unknown {
  if (typeof value === 'string') return discriminators.includes(key) ? value : 'secret';
  if (typeof value === 'number') return 5318008;
  if (!isContainer(value)) return value;
  for (const name of Object.keys(value)) setOwn(value, name, redacted(value[name], name));
  return value;
}

describe('parseEvent', () => {
  it.each(eventFolders)('returns a %s record itself', (folder) => {
    const record = fixture(folder, 'minimal');
    expect(parseEvent(record)).toBe(record);
  });

  it.each(fixtures('invalid'))(
    'throws an EventParseError with the issues of safeParseEvent: %s',
    (_name, record) => {
      expect(() => parseEvent(record)).toThrow(EventParseError);
      const { shortMessage, issues, message } = errorOf(record);
      expect(() => parseEvent(record)).toThrow(expect.objectContaining({ shortMessage, issues, message }));
    },
  );

  it('throws an Error with its own name', () => {
    const error = errorOf({});
    expect(error).toBeInstanceOf(Error);
    expect(error.name).toBe('EventParseError');
    expect(error.stack).toContain('EventParseError');
  });
});

describe('the message of an EventParseError', () => {
  it('contains the failure, the place and the reason, on one line', () => {
    const { message, shortMessage } = errorOf(fixture('invalid', 'delivery-with-two-faults'));
    expect(shortMessage).toBe('invalid Delivery event');
    expect(message).toMatch(/^invalid Delivery event; mail\.messageId: .+; delivery\.recipients\.1: .+$/);
  });

  it.each([
    ['legacy-bounce-without-mail', 'invalid Bounce notification'],
    ['pinpoint-without-facets', 'invalid Pinpoint email record'],
    ['later-kind-without-mail', 'not an email event: an unknown eventType without a mail block'],
  ])('contains the family of the record: %s', (name, start) => {
    expect(errorOf(fixture('invalid', name)).message.startsWith(start)).toBe(true);
  });

  it.each([
    ['a text', 'mail', 'a value of type string'],
    ['a list', [], 'an array'],
    ['a number', 1, 'a value of type number'],
    ['nothing', undefined, 'a value of type undefined'],
  ])('contains the type of %s, which is not a record', (_name, value, type) => {
    expect(errorOf(value).message).toBe(`not an email event: ${type}`);
  });

  it.each([...fixtures('invalid'), ...fixtures('skipped')])(
    'contains no values of the record, and neither do the issues: %s',
    (_name, record) => {
      const { message, shortMessage, issues } = errorOf(redacted(record, ''));
      const said = `${message} ${shortMessage} ${JSON.stringify(issues)}`;
      expect(said).not.toContain('secret');
      expect(said).not.toContain('5318008');
    },
  );

  it('does not quote an unknown eventType, notificationType or event_type', () => {
    for (const key of discriminators) {
      expect(errorOf({ [key]: 'secret' }).message).not.toContain('secret');
    }
  });
});

describe('unknown fields', () => {
  const withUnknownFields = eventFolders.flatMap(([folder]) =>
    fixtures(folder)
      .filter(([name]) => name.includes('unknown'))
      .map(([name, record, text]) => [`${folder}/${name}`, record, text] as const),
  );

  it.each(withUnknownFields)('are kept at every level: %s', (_name, record, text) => {
    expect(parseEvent(record)).toEqual(JSON.parse(text));
  });

  it.each(withUnknownFields)('are also kept by zod: %s', (_name, record) => {
    expect(KnownEventSchema.parse(record)).toEqual(record);
  });
});

describe('an own key named __proto__', () => {
  it.each([
    ['the record', []],
    ['the mail block', ['mail']],
    ['the block of the kind', ['bounce']],
    ['the common headers', ['mail', 'commonHeaders']],
  ])('is kept in %s and changes no prototype', (_name, path) => {
    const bounce = fixture('bounce', 'permanent-general');
    const event = parseEvent(withValue(bounce, [...path, '__proto__'], { polluted: 'yes' }));
    expect(JSON.stringify(event)).toContain('"__proto__":{"polluted":"yes"}');
    expect(event).not.toHaveProperty('polluted');
    expect(Object.getPrototypeOf(event)).toBe(Object.prototype);
    expect({}).not.toHaveProperty('polluted');
  });

  it('is kept in the tags', () => {
    const event = parseEvent(fixture('send', 'odd-tag-keys'));
    expect(JSON.stringify(event)).toContain('"__proto__":["polluted"]');
  });

  it('is kept in a legacy notification, which is copied', () => {
    const event = parseEvent(fixture('legacy-bounce', 'unknown-values-and-fields'));
    expect(Object.hasOwn(event, '__proto__')).toBe(true);
    expect(event).not.toHaveProperty('kept');
    expect(Object.getPrototypeOf(event)).toBe(Object.prototype);
  });

  it('is kept in an unknown event', () => {
    const event = parseEvent(fixture('unknown', 'prototype-keys'));
    expect(event).toHaveProperty('recordType', 'constructor');
    expect(JSON.stringify(event)).toContain('"__proto__":{"polluted":true}');
  });
});

describe('an event of an unknown kind', () => {
  it.each(fixtures('unknown'))('is kept in full with its label: %s', (_name, record) => {
    const result = safeParseEvent(record);
    expect(result).toEqual({
      success: true,
      event: { eventType: 'Unknown', recordType: record.eventType, record },
      origin: 'event-publishing',
    });
    expect(result.success && 'record' in result.event && result.event.record).toBe(record);
    expect(result.success && result.event).not.toHaveProperty('mail');
  });

  it('is not treated as a known kind because of a block of that name', () => {
    expect(parseEvent(fixture('unknown', 'lower-case-kind')).eventType).toBe('Unknown');
    expect(parseEvent(fixture('unknown', 'api-spelling')).eventType).toBe('Unknown');
  });
});

describe('safeParseEvent', () => {
  const records = fixtureKinds.flatMap((kind) => fixtures(kind).map(([, record]) => record));
  const changed = fc
    .tuple(fc.constantFrom(...records), fc.array(mutation, { maxLength: 4 }))
    .map(([record, mutations]) => mutated(record, mutations));

  it('never throws, and reports the place of the defect for a known kind', () => {
    fc.assert(
      fc.property(fc.oneof(changed, fc.jsonValue()), (value) => {
        const result = safeParseEvent(value);
        const isSilent = !result.success && result.error.issues.length === 0;
        expect(isSilent && result.error.message.startsWith('invalid')).toBe(false);
      }),
      { numRuns: runs(2000) },
    );
  });

  it('returns events with a time and recipients', () => {
    fc.assert(
      fc.property(changed, (value) => {
        const result = safeParseEvent(value);
        if (!result.success) return;
        const time = eventTime(result.event);
        expect(time === undefined || !Number.isNaN(time.getTime())).toBe(true);
        expect(eventRecipients(result.event).addresses.every((address) => typeof address === 'string')).toBe(
          true,
        );
      }),
      { numRuns: runs(2000) },
    );
  });

  it('does not change its input', () => {
    fc.assert(
      fc.property(changed, (value) => {
        const before = JSON.stringify(value);
        safeParseEvent(value);
        expect(JSON.stringify(value)).toBe(before);
      }),
    );
  });
});
