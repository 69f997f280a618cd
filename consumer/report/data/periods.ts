import type { Period } from '../../queries/questions/parameters';
import { timeOfLocal } from '../../texts/local-time';
import type { Scope, TimeRange } from './scope';

const day = 24 * 60 * 60 * 1000;

/** The longest range, in days, whose pictures have a mark for each day or week. */
const longest = { day: 100, week: 730 } as const;

/** Returns the period that a mark in a picture of a range covers, so that the marks remain wide enough to see. */
function periodOfMarks({ since, until }: TimeRange): Period {
  const days = (until.getTime() - since.getTime()) / day;
  if (days <= longest.day) return 'day';
  return days <= longest.week ? 'week' : 'month';
}

/** Returns the time of a day such as `2026-03-01` on the axis of a picture, which has no time zone. */
function axisTime(text: string): Date {
  return new Date(`${text}T00:00:00Z`);
}

/** Returns the first moment after a period that begins at a time on the axis. */
function endOfPeriod(start: Date, period: Period): Date {
  if (period === 'month') return new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + 1, 1));
  return new Date(start.getTime() + (period === 'week' ? 7 : 1) * day);
}

/**
 * Returns the range of time that a row of a period covers, within the scope.
 * @param start the first day of the period, such as `2026-03-01`, in the zone of the scope
 */
function rangeOfPeriod(
  start: string,
  period: Period,
  { since, until, timezone }: Omit<Scope, 'before' | 'filters'>,
): TimeRange {
  const first = axisTime(start);
  const [from, to] = [first, endOfPeriod(first, period)].map((local) => timeOfLocal(local, timezone));
  return {
    since: from !== undefined && from > since ? from : since,
    until: to !== undefined && to < until ? to : until,
  };
}

export { axisTime, endOfPeriod, periodOfMarks, rangeOfPeriod };
