import { type AthenaEngine, readAll } from '../engines/athena/athena-engine';
import { TooManyPartitionsError } from '../engines/engine';
import { arrivedIn } from '../iceberg/arrival-days';
import { type EventTimes, hasTimes } from '../iceberg/event-times';
import { mergeEvents } from '../iceberg/merge-events';
import { deliveriesFromLines } from '../lines/events-from-lines';
import { type DayRange, literalDays } from './day-ranges';

/** Events of this many days are merged by one statement, with at most five partitions for each. Athena writes 100. */
const daysTogether = 15;

/** Returns conditions that divide events by their days. Each event matches one of them. */
function conditionsByDay(days: readonly string[]): string[] {
  const starts = days.filter((_, index) => index % daysTogether === 0);
  return starts.map((start, index) => {
    const next = starts[index + 1];
    const before = next === undefined ? [] : [`event_time < TIMESTAMP '${next} 00:00:00'`];
    if (index === 0) return `(event_time IS NULL OR ${before[0] ?? 'true'})`;
    return [`event_time >= TIMESTAMP '${start} 00:00:00'`, ...before].join(' AND ');
  });
}

/**
 * Merges events of days of arrival: those with times around the days, or the others. If they are from so many days that
 * Athena cannot write them at once, they are merged by several statements.
 *
 * @returns the number of events that were added, or whose places were extended; undefined if Athena does not return it
 * @throws {QueryError} when Athena fails
 */
async function mergeDays(
  engine: AthenaEngine,
  range: Pick<DayRange, 'first' | 'last'>,
  times: EventTimes,
): Promise<number | undefined> {
  const days = literalDays(range);
  try {
    return (await engine.query(mergeEvents(days, times))).updatedRows;
  } catch (error) {
    if (!(error instanceof TooManyPartitionsError)) throw error;
  }
  const condition = `event_time IS NOT NULL AND ${hasTimes(times, 'event_time', days)}`;
  const found = await engine.query(
    `SELECT DISTINCT CAST(CAST(event_time AS date) AS varchar) AS day FROM (${deliveriesFromLines(arrivedIn(days))}) deliveries WHERE ${condition} ORDER BY 1`,
  );
  let events: number | undefined = 0;
  for (const where of conditionsByDay((await readAll(found)).map(([day]) => String(day)))) {
    const { updatedRows } = await engine.query(mergeEvents(days, times, where));
    events = events === undefined || updatedRows === undefined ? undefined : events + updatedRows;
  }
  return events;
}

export { mergeDays };
