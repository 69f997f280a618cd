import { timeBefore } from '../../archive/erasure/age';
import { parseTimestamp } from '../../events';
import { localTime, timeOfLocal } from '../../texts/local-time';
import { QueryError } from '../engines/engine';

/** Days before today, by the words for them. */
const daysAgo: ReadonlyMap<string, number> = new Map([
  ['today', 0],
  ['yesterday', 1],
]);

/** Returns the first moment of a day in a zone, a number of days before another time. */
function startOfDay(now: Date, daysBefore: number, zone: string): Date {
  const local = localTime(now, zone);
  const day = Date.UTC(local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate() - daysBefore);
  return timeOfLocal(new Date(day), zone);
}

/** Parses a time or a day. Without an offset, it is in the zone. */
function calendarTime(text: string, zone: string): Date | undefined {
  const time = parseTimestamp(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00` : text);
  const hasOffset = /[Zz]$|:.*[+-]/.test(text);
  return time === undefined || hasOffset ? time : timeOfLocal(time, zone);
}

/** Parses hours such as `24h`, which durations of a deletion do not have. */
function hoursBefore(text: string, now: Date): Date | undefined {
  const [, hours] = /^(\d{1,5})h$/i.exec(text) ?? [];
  return hours === undefined ? undefined : new Date(now.getTime() - Number(hours) * 3_600_000);
}

/**
 * Parses the time of a parameter:
 * - a time; without an offset, it is in the zone;
 * - a day, which means its first moment in the zone; also `today` and `yesterday`;
 * - a duration before now: `24h`, `7d`, `8w` or ISO 8601 such as `P1M`. A day is 24 hours, in every zone.
 *
 * @param now the current time
 * @throws {QueryError} for another text; the message has the expected forms
 */
function parseTimeAt(text: string, now: Date, zone = 'UTC'): Date {
  const days = daysAgo.get(text.toLowerCase());
  if (days !== undefined) return startOfDay(now, days, zone);
  const time = calendarTime(text, zone) ?? hoursBefore(text, now) ?? timeBefore(text, now);
  if (time === 'too long') throw new QueryError('The duration is too long.');
  if (time === undefined) {
    throw new QueryError(
      'Expected a day or time, such as 2026-03-01, 2026-03-01T12:00Z or yesterday, or a duration before now, such as 24h, 7d or 8w.',
    );
  }
  return time;
}

export { parseTimeAt };
