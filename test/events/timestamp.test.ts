import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import fc from 'fast-check';
import { parseTimestamp } from '../../consumer/events';
import { runs } from '../property-runs';

function read(text: string): string | undefined {
  return parseTimestamp(text)?.toISOString();
}

function digits(value: number, length: number): string {
  return String(value).padStart(length, '0');
}

/** Days, hours, minutes, seconds and offsets, slightly beyond the valid ranges. */
const clock = fc.record({
  year: fc.integer({ min: 0, max: 9999 }),
  month: fc.integer({ min: 0, max: 13 }),
  day: fc.integer({ min: 0, max: 32 }),
  hour: fc.integer({ min: 0, max: 25 }),
  minute: fc.integer({ min: 0, max: 61 }),
  second: fc.integer({ min: 0, max: 61 }),
  millis: fc.integer({ min: 0, max: 999 }),
  offsetHours: fc.integer({ min: 0, max: 25 }),
  offsetMinutes: fc.integer({ min: 0, max: 61 }),
  sign: fc.constantFrom('+', '-'),
});

type Clock = typeof clock extends fc.Arbitrary<infer Value> ? Value : never;

function daysInMonth(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
}

/** The time of the numbers by arithmetic, without parsing by Date; undefined when it is invalid. */
function arithmetic(value: Clock): number | undefined {
  const { year, month, day, hour, minute, second, millis, offsetHours, offsetMinutes, sign } = value;
  const isMidnight = hour === 24 && minute === 0 && second === 0 && millis === 0;
  if (day < 1 || day > daysInMonth(year, month)) return undefined;
  if ((hour > 23 && !isMidnight) || minute > 59 || second > 59) return undefined;
  if (offsetHours > 23 || offsetMinutes > 59) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const offset = (offsetHours * 60 + offsetMinutes) * (sign === '+' ? 1 : -1);
  return date.getTime() + ((hour * 60 + minute - offset) * 60 + second) * 1000 + millis;
}

function text(value: Clock): string {
  const { year, month, day, hour, minute, second, millis, offsetHours, offsetMinutes, sign } = value;
  const date = `${digits(year, 4)}-${digits(month, 2)}-${digits(day, 2)}`;
  const time = `${digits(hour, 2)}:${digits(minute, 2)}:${digits(second, 2)}.${digits(millis, 3)}`;
  return `${date}T${time}${sign}${digits(offsetHours, 2)}:${digits(offsetMinutes, 2)}`;
}

describe('parseTimestamp', () => {
  it.each([
    ['the documented form', '2026-03-04T05:06:07.890Z', '2026-03-04T05:06:07.890Z'],
    ['no fraction', '2026-03-04T05:06:07Z', '2026-03-04T05:06:07.000Z'],
    ['one digit of fraction', '2026-03-04T05:06:07.5Z', '2026-03-04T05:06:07.500Z'],
    ['microseconds, cut to the millisecond', '2026-03-04T05:06:07.890999Z', '2026-03-04T05:06:07.890Z'],
    ['nanoseconds', '2026-03-04T05:06:07.123456789Z', '2026-03-04T05:06:07.123Z'],
    ['a comma', '2026-03-04T05:06:07,5Z', '2026-03-04T05:06:07.500Z'],
    ['no seconds', '2026-03-04T05:06Z', '2026-03-04T05:06:00.000Z'],
    ['an offset', '2026-03-04T05:06:07.890-07:00', '2026-03-04T12:06:07.890Z'],
    ['an offset without colon', '2026-03-04T05:06:07+0530', '2026-03-03T23:36:07.000Z'],
    ['an offset of hours', '2026-03-04T05:06:07+03', '2026-03-04T02:06:07.000Z'],
    ['a negative zero offset', '2026-03-04T05:06:07-00:00', '2026-03-04T05:06:07.000Z'],
    ['microseconds and an offset', '2026-05-06T10:11:12.123456+03:00', '2026-05-06T07:11:12.123Z'],
    ['+0000 after a space', '2018-10-08T14:05:45 +0000', '2018-10-08T14:05:45.000Z'],
    ['a space for the T', '2026-03-04 05:06:07Z', '2026-03-04T05:06:07.000Z'],
    ['a lower-case z', '2026-03-04T05:06:07z', '2026-03-04T05:06:07.000Z'],
    ['no zone, which is UTC', '2019-06-05T04:03:02.123456', '2019-06-05T04:03:02.123Z'],
    ['a leap day', '2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
    ['the end of a day as 24:00', '2026-12-31T24:00:00Z', '2027-01-01T00:00:00.000Z'],
    ['the year 99', '0099-01-01T00:00:00Z', '0099-01-01T00:00:00.000Z'],
  ])('reads %s: %s', (_name, given, expected) => {
    expect(read(given)).toBe(expected);
  });

  it.each([
    ['nothing', ''],
    ['words', 'yesterday'],
    ['a number', '1772600767890'],
    ['a date alone', '2026-03-04'],
    ['a time alone', '05:06:07Z'],
    ['an RFC 5322 date', 'Wed, 4 Mar 2026 05:06:07 +0000'],
    ['30 February', '2026-02-30T00:00:00Z'],
    ['29 February of a common year', '2026-02-29T00:00:00Z'],
    ['31 April', '2026-04-31T12:00:00Z'],
    ['month 13', '2026-13-01T00:00:00Z'],
    ['month 0', '2026-00-01T00:00:00Z'],
    ['day 0', '2026-01-00T00:00:00Z'],
    ['hour 25', '2026-03-04T25:00:00Z'],
    ['a second after 24:00', '2026-03-04T24:00:01Z'],
    ['minute 60', '2026-03-04T05:60:00Z'],
    ['a leap second, which a Date cannot contain', '2016-12-31T23:59:60Z'],
    ['an offset of a day', '2026-03-04T05:06:07+24:00'],
    ['ten digits of fraction', '2026-03-04T05:06:07.1234567890Z'],
    ['a zone by name', '2026-03-04T05:06:07 CET'],
    ['text before it', ' 2026-03-04T05:06:07Z'],
    ['text after it', '2026-03-04T05:06:07Z\n'],
    ['two spaces before the zone', '2026-03-04T05:06:07  +0000'],
    ['an expanded year', '+012026-03-04T05:06:07Z'],
    ['digits of another script', '٢٠٢٦-03-04T05:06:07Z'],
  ])('is undefined for %s: %s', (_name, given) => {
    expect(parseTimestamp(given)).toBeUndefined();
  });

  it('returns any date from its ISO text', () => {
    const dates = fc.date({
      min: new Date('0000-01-01T00:00:00Z'),
      max: new Date('9999-12-31T23:59:59.999Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(dates, (date) => {
        expect(parseTimestamp(date.toISOString())).toEqual(date);
      }),
    );
  });

  it('agrees with arithmetic about every date, time and offset, including invalid ones', () => {
    fc.assert(
      fc.property(clock, (value) => {
        expect([text(value), parseTimestamp(text(value))?.getTime()]).toEqual([
          text(value),
          arithmetic(value),
        ]);
      }),
      { numRuns: runs(3000) },
    );
  });

  it('never throws', () => {
    const anyText = fc.oneof(
      fc.string(),
      fc.stringMatching(/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?( ?[Z+-]\d{0,4})?$/),
    );
    fc.assert(
      fc.property(anyText, (given) => {
        const date = parseTimestamp(given);
        expect(date === undefined || !Number.isNaN(date.getTime())).toBe(true);
      }),
    );
  });

  it('reads a text without a zone as UTC in every time zone', () => {
    // Jest gives tests a copy of process.env, in which TZ has no effect, so this runs in another process.
    const script = `
      const { parseTimestamp } = require(${JSON.stringify(join(__dirname, '../../consumer/events/timestamp.ts'))});
      const zones = ['Asia/Kolkata', 'America/St_Johns', 'Pacific/Kiritimati', 'UTC'];
      console.log(JSON.stringify(zones.map((zone) => {
        process.env.TZ = zone;
        const texts = ['2026-07-04T05:06:07', '2026-07-04 05:06:07.890123', '2026-07-04T05:06'];
        return [new Date(2026, 6, 4).getTimezoneOffset(), texts.map((text) => parseTimestamp(text).toISOString())];
      })));`;
    const output = execFileSync(process.execPath, ['--import', 'tsx', '--eval', script], {
      encoding: 'utf8',
    });
    const times = ['2026-07-04T05:06:07.000Z', '2026-07-04T05:06:07.890Z', '2026-07-04T05:06:00.000Z'];
    expect(JSON.parse(output)).toEqual([
      [-330, times],
      [150, times],
      [-840, times],
      [0, times],
    ]);
  });
});
