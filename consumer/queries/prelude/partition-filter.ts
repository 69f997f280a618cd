import { sqlText } from '../../archive/dialects/literals';
import type { ParameterValues } from '../questions/parameters';
import type { QuestionTime } from '../questions/question';

/** Default number of days after an event during which its record is searched for. */
const defaultLookAhead = 3;

const day = 24 * 60 * 60 * 1000;

/** The partitions for a window of time. */
interface PartitionWindow extends Pick<ParameterValues, 'since' | 'until'> {
  time: QuestionTime;
  /**
   * Days after `until` whose partitions are also read, because events arrive late.
   * @default - 3 if `until` applies to the time of the events; otherwise to the newest partition
   */
  lookAhead?: number | undefined;
}

/**
 * The first and the last day that `dt` can contain. It is compared as text, so years with other lengths would
 * sort incorrectly.
 */
const firstDay = Date.parse('0000-01-01T00:00:00Z');
const lastDay = Date.parse('9999-12-31T00:00:00Z');

/** Returns the partition `dt` of a time, in UTC. */
function partition(time: number): string {
  const written = new Date(Math.min(Math.max(time, firstDay), lastDay));
  return sqlText(written.toISOString().slice(0, 10));
}

/** Returns a time in UTC as a literal. */
function timestamp(time: number): string {
  const written = new Date(Math.min(Math.max(time, firstDay), lastDay)).toISOString();
  return `TIMESTAMP '${written.slice(0, 10)} ${written.slice(11, 23)}'`;
}

/**
 * Returns a condition on the partition `dt` that excludes partitions outside of a window. A partition is
 * named by the time of arrival, which is never before the time of the event. The day before `since` is also
 * read. An object has the time of its first record, and a stream can write its partitions in another time
 * zone.
 *
 * @returns undefined when every partition can contain events of the window
 * @example
 * ```ts
 * partitionFilter({ time: 'happened', since: new Date('2026-03-02') }); // dt >= '2026-03-01'
 * ```
 */
function partitionFilter({ time, since, until, lookAhead }: PartitionWindow): string | undefined {
  const daysAfter = lookAhead ?? (time === 'happened' ? defaultLookAhead : undefined);
  const conditions = [
    ...(since === undefined ? [] : [`dt >= ${partition(since.getTime() - day)}`]),
    ...(until === undefined || daysAfter === undefined
      ? []
      : [`dt <= ${partition(until.getTime() + daysAfter * day)}`]),
  ];
  return conditions.length === 0 ? undefined : conditions.join(' AND ');
}

/**
 * Returns a condition on `event_time` that all events of a window satisfy. The day before `since` is included, because
 * clocks differ, and so are events without a time.
 *
 * @returns undefined when every event can be in the window
 */
function timeFilter({ time, since, until }: PartitionWindow): string | undefined {
  if (time === 'delivered') return undefined;
  const conditions = [
    ...(since === undefined ? [] : [`event_time >= ${timestamp(since.getTime() - day)}`]),
    ...(until === undefined || time !== 'happened'
      ? []
      : [`event_time < ${timestamp(until.getTime() + day)}`]),
  ];
  return conditions.length === 0 ? undefined : `(event_time IS NULL OR ${conditions.join(' AND ')})`;
}

export { defaultLookAhead, type PartitionWindow, partitionFilter, timeFilter };
