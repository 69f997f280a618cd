import { eventTime, parseEvent } from '../../consumer/events';
import { fixture, fixtures } from '../fixtures/load';
import { eventFolders } from './event-folders';
import { withValue } from './json-path';

const sent = '2026-03-04T05:06:07.890Z';
const happened = '2026-03-09T10:11:12.131Z';

/** The kinds whose block has no timestamp. */
const withoutOwnTime: readonly string[] = ['Send', 'Reject', 'Rendering Failure'];
const timedFolders = eventFolders.filter(([, kind]) => !withoutOwnTime.includes(kind));
const untimedFolders = eventFolders.filter(([, kind]) => withoutOwnTime.includes(kind));

describe.each(timedFolders)('the time of a %s event', (folder, _kind, block) => {
  const record = withValue(fixture(folder, 'minimal'), ['mail', 'timestamp'], sent);

  it('is the time of its block, not of the message', () => {
    const event = parseEvent(withValue(record, [block, 'timestamp'], happened));
    expect(eventTime(event)?.toISOString()).toBe(happened);
  });

  it.each(['', 'soon', '2026-02-30T00:00:00Z'])('is undefined when its text is not a time: "%s"', (text) => {
    const event = parseEvent(withValue(record, [block, 'timestamp'], text));
    expect(eventTime(event)).toBeUndefined();
  });
});

describe.each(untimedFolders)('the time of a %s event', (folder, _kind, block) => {
  const record = fixture(folder, 'minimal');

  it('is the time of the message, because it has no other', () => {
    const event = parseEvent(withValue(record, ['mail', 'timestamp'], sent));
    expect(eventTime(event)?.toISOString()).toBe(sent);
  });

  it('is not an undocumented timestamp of its block', () => {
    const event = parseEvent(
      withValue(withValue(record, ['mail', 'timestamp'], sent), [block, 'timestamp'], happened),
    );
    expect(eventTime(event)?.toISOString()).toBe(sent);
  });

  it.each(['', 'soon', '2026-03-04T25:00:00Z'])('is undefined when its text is not a time: "%s"', (text) => {
    expect(eventTime(parseEvent(withValue(record, ['mail', 'timestamp'], text)))).toBeUndefined();
  });
});

describe('the time of an unknown event', () => {
  it.each(fixtures('unknown'))('is undefined, although its message has a time: %s', (_name, record) => {
    expect(record).toHaveProperty('mail.timestamp', expect.any(String));
    expect(eventTime(parseEvent(record))).toBeUndefined();
  });
});

describe('the current time', () => {
  afterEach(() => jest.useRealTimers());

  it.each(eventFolders)('does not affect the time of a %s event', (folder) => {
    const times = ['2001-01-01', '2040-01-01'].map((now) => {
      jest.useFakeTimers({ now: new Date(now) });
      return fixtures(folder).map(([, record]) => eventTime(parseEvent(record))?.toISOString());
    });
    expect(times[0]).toEqual(times[1]);
    expect(times[0]).not.toContain(undefined);
  });
});

it.each([
  ['send', 'empty-tags', /^2026-.*Z$/],
  ['delivery', 'null-blocks-and-microseconds', /^2026-05-06T07:11:14\.654Z$/],
  ['bounce', 'several-recipients', /^2026-.*\.500Z$/],
  ['open', 'several-recipients', /^2026-.*\.000Z$/],
] as const)('the unusual timestamp of %s/%s is read', (folder, name, expected) => {
  expect(eventTime(parseEvent(fixture(folder, name)))?.toISOString()).toMatch(expected);
});
