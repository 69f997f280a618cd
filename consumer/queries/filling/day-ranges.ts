import type { ArrivalDays } from '../iceberg/arrival-days';

/** Consecutive days, in UTC. */
interface DayRange {
  /** As yyyy-MM-dd. */
  first: string;
  last: string;
  days: readonly string[];
  /** For people. */
  text: string;
}

const millisecondsOfDay = 24 * 60 * 60 * 1000;

/** Returns the day a number of days later. */
function shiftDay(day: string, days: number): string {
  return new Date(Date.parse(day) + days * millisecondsOfDay).toISOString().slice(0, 10);
}

/** Returns the days from the first to the last. */
function daysFrom(first: string, last: string): string[] {
  const days: string[] = [];
  for (let day = first; day <= last; day = shiftDay(day, 1)) days.push(day);
  return days;
}

/** Returns consecutive days as a range. */
function rangeOf(days: readonly string[]): DayRange {
  const [first = '', last = ''] = [days[0], days.at(-1)];
  return { first, last, days, text: first === last ? first : `${first} to ${last}` };
}

/** Returns the days from the first to the last, without some days, as ranges of consecutive days. */
function dayRanges(days: {
  first: string;
  last: string;
  without: readonly string[];
  /** Maximum number of days of a range. */
  longest: number;
}): DayRange[] {
  const skipped = new Set(days.without);
  const ranges: string[][] = [];
  for (const day of daysFrom(days.first, days.last)) {
    if (skipped.has(day)) continue;
    const latest = ranges.at(-1) ?? [];
    if (latest.at(-1) === shiftDay(day, -1) && latest.length < days.longest) latest.push(day);
    else ranges.push([day]);
  }
  return ranges.map(rangeOf);
}

/** Returns the days of a range as expressions of SQL. */
function literalDays({ first, last }: Pick<DayRange, 'first' | 'last'>): ArrivalDays {
  return { first: `DATE '${first}'`, last: `DATE '${last}'` };
}

export { type DayRange, dayRanges, daysFrom, literalDays, rangeOf, shiftDay };
