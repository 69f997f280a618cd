import { sqlText } from '../../archive/dialects/literals';
import type { ParameterValues } from '../questions/parameters';
import type { QuestionTime } from '../questions/question';

/** How long after an event its record is looked for, in days, when nothing else is said. */
const defaultLookAhead = 3;

const day = 24 * 60 * 60 * 1000;

/** Which partitions are read for a window of time. */
interface PartitionWindow extends Pick<ParameterValues, 'since' | 'until'> {
  time: QuestionTime;
  /**
   * Days behind `until` whose partitions are read as well: events arrive late.
   * @default - 3 where `until` is about the events' own time; otherwise to the newest partition
   */
  lookAhead?: number | undefined;
}

/** The first and the last day that `dt` can write; it is compared as text, and years of other lengths sort elsewhere. */
const firstDay = Date.parse('0000-01-01T00:00:00Z');
const lastDay = Date.parse('9999-12-31T00:00:00Z');

/** A day as the partition `dt` writes it, in UTC. */
function partition(time: number): string {
  const written = new Date(Math.min(Math.max(time, firstDay), lastDay));
  return sqlText(written.toISOString().slice(0, 10));
}

/**
 * The condition on the partition `dt` that leaves out what cannot belong to a window: the partition is the time
 * of arrival, at or after the event's own. A day before `since` is read as well: an object has the time of
 * its first record, and a stream may write its partitions in another time zone.
 *
 * @returns undefined when every partition may belong to it
 * @example
 * ```ts
 * partitionFilter({ time: 'happened', since: new Date('2026-03-02') }); // dt >= '2026-03-01'
 * ```
 */
function partitionFilter({ time, since, until, lookAhead }: PartitionWindow): string | undefined {
  const behind = lookAhead ?? (time === 'happened' ? defaultLookAhead : undefined);
  const conditions = [
    ...(since === undefined ? [] : [`dt >= ${partition(since.getTime() - day)}`]),
    ...(until === undefined || behind === undefined
      ? []
      : [`dt <= ${partition(until.getTime() + behind * day)}`]),
  ];
  return conditions.length === 0 ? undefined : conditions.join(' AND ');
}

export { defaultLookAhead, type PartitionWindow, partitionFilter };
