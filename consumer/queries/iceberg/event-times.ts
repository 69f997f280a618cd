import type { ArrivalDays } from './arrival-days';

/** The events of days of arrival whose times are around these days, also those without a time, or all others. */
type EventTimes = 'around' | 'other';

/** Days before the first day of arrival, and after the last, in which times are around them. Few events arrive later. */
const daysAround = 3;

/**
 * Returns the condition that a time is around days of arrival, or is absent. Both bounds are constants, so that an engine
 * excludes the partitions of other days before it reads. Events without a time have their own partition.
 */
function isAround(time: string, { first, last }: ArrivalDays): string {
  return `(${time} IS NULL OR (${time} >= date_add('day', -${daysAround}, ${first}) AND ${time} < date_add('day', ${daysAround + 1}, ${last})))`;
}

/** Returns the condition that an event is among some. Each event is either around or other. */
function hasTimes(times: EventTimes, time: string, days: ArrivalDays): string {
  const around = isAround(time, days);
  return times === 'around' ? around : `NOT ${around}`;
}

export { type EventTimes, hasTimes, isAround };
