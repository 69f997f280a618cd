import { type DayRange, literalDays } from '../../consumer/queries/filling/day-ranges';
import { mergeEvents } from '../../consumer/queries/iceberg/merge-events';

/** Returns the statements that merge days: the events with times around them, and the others. */
function mergeDays(range: Pick<DayRange, 'first' | 'last'>): string[] {
  return [mergeEvents(literalDays(range), 'around'), mergeEvents(literalDays(range), 'other')];
}

export { mergeDays };
