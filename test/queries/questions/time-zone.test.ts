import { QueryError } from '../../../consumer/queries/engines/engine';
import { closestTimeZone, knownTimeZone, timeZoneName } from '../../../consumer/queries/questions/time-zone';

describe('the name of a time zone', () => {
  it.each([
    ['Europe/Berlin', 'Europe/Berlin'],
    ['europe/berlin', 'Europe/Berlin'],
    ['AMERICA/NEW_YORK', 'America/New_York'],
    ['UTC', 'UTC'],
    ['utc', 'UTC'],
    ['America/Argentina/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
    ['Etc/GMT+5', 'Etc/GMT+5'],
    ['Asia/Kathmandu', 'Asia/Kathmandu'],
    ['Europe/Kyiv', 'Europe/Kyiv'],
    ['US/Eastern', 'US/Eastern'],
  ])('%s is %s', (text, name) => {
    expect(timeZoneName(text)).toBe(name);
    expect(knownTimeZone(text)).toBe(name);
  });

  it.each([
    '',
    'Berlin',
    'CET',
    'EST',
    'PST8PDT',
    '+02:00',
    'Europe/Berlin ',
    'Europe/',
    'Mars/Olympus',
    "Europe/Berlin' OR true --",
    'Europe/{limit}',
    'toString',
  ])('is not %j', (text) => {
    expect(timeZoneName(text)).toBeUndefined();
    expect(() => knownTimeZone(text)).toThrow(QueryError);
  });

  it.each([
    ['Berlin', 'Europe/Berlin'],
    ['new york', 'America/New_York'],
    ['New_York', 'America/New_York'],
    ['Europe/Berln', 'Europe/Berlin'],
    ['Europe Berlin', 'Europe/Berlin'],
    ['Oslo', 'Europe/Oslo'],
  ])('that is closest to %j is %s', (text, name) => {
    expect(closestTimeZone(text)).toBe(name);
  });

  it.each(['CET', 'EST', 'CEST', '+2', '', 'z'.repeat(100_000)])('has no suggestion for %.20j', (text) => {
    expect(closestTimeZone(text)).toBeUndefined();
  });

  it.each([
    ['Berlin', 'there is no time zone "Berlin", did you mean Europe/Berlin? Use UTC, or an IANA name'],
    ['EST', 'there is no time zone "EST": Use UTC, or an IANA name such as Europe/Berlin'],
  ])('is in the error for %s', (text, message) => {
    expect(() => knownTimeZone(text)).toThrow(message);
  });
});
