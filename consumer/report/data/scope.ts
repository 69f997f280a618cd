import type { ParameterValues } from '../../queries/questions/parameters';
import { localTime, timeOfLocal } from '../../texts/local-time';

/** A range of time: from `since`, until before `until`. */
interface TimeRange {
  since: Date;
  until: Date;
}

/** The filters of a report, which apply to each question that takes them. */
type Filters = Omit<ParameterValues, 'since' | 'until' | 'timezone' | 'limit' | 'by' | 'tagName'>;

/** The data that a report covers. */
interface Scope extends TimeRange {
  filters: Filters;
  /** IANA time zone of days and times. */
  timezone: string;
  /** The range of the same length directly before, to compare with. */
  before: TimeRange;
}

const day = 24 * 60 * 60 * 1000;

/** Days of a report without `since`. */
const usualDays = 30;

/** Returns the first moment of the day after a time, in a zone. */
function endOfDay(time: Date, zone: string): Date {
  const local = localTime(time, zone);
  return timeOfLocal(
    new Date(Date.UTC(local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate() + 1)),
    zone,
  );
}

/** Returns the time that is a number of days before another, at the same time of day in a zone. */
function daysBefore(time: Date, days: number, zone: string): Date {
  return timeOfLocal(new Date(localTime(time, zone).getTime() - days * day), zone);
}

/** The options of a report that determine its scope. */
interface ScopeOptions extends Filters, Pick<ParameterValues, 'since' | 'until' | 'timezone'> {}

/**
 * Returns the scope of a report. Without `until`, it ends with the day of the newest event, or with today when that day
 * is before `since`. Without `since`, it has 30 days.
 *
 * @param newest the time of the newest event; now where it is unknown
 */
function reportScope(
  { since, until, timezone = 'UTC', ...filters }: ScopeOptions,
  newest: Date,
  now: Date,
): Scope {
  const isBefore = since !== undefined && endOfDay(newest, timezone) <= since;
  const last = isBefore ? new Date(Math.max(now.getTime(), since.getTime())) : newest;
  const end = until ?? endOfDay(last, timezone);
  const start = since ?? daysBefore(end, usualDays, timezone);
  const days = (localTime(end, timezone).getTime() - localTime(start, timezone).getTime()) / day;
  const before = { since: daysBefore(start, days, timezone), until: start };
  return { since: start, until: end, timezone, filters, before };
}

export { reportScope, type Scope, type ScopeOptions, type TimeRange };
