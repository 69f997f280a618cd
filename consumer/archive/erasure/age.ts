/** `400d`, `8w`, or an ISO 8601 duration of days and longer. */
const simple = /^(\d+)([dw])$/i;
const iso = /^P(?=.)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?$/i;

/** The start of year 1, as a number. */
const firstTime = new Date(0).setUTCFullYear(1, 0, 1);

/** Returns the longest duration before a time, in days: it ends in year 1. */
function maxDays(now: Date): number {
  return Math.floor((now.getTime() - firstTime) / (24 * 60 * 60 * 1000));
}

/**
 * Returns the time that is a duration before another: `400d`, `8w`, or an ISO 8601 duration such as `P400D` or `P1Y6M`.
 * Years and months are calendar units. A day that does not exist in a month becomes its last day.
 *
 * @returns undefined for any other text, and for an empty duration; `'too long'` for a duration over {@link maxDays}
 */
function timeBefore(duration: string, now: Date): Date | 'too long' | undefined {
  const [, count, unit = ''] = simple.exec(duration) ?? [];
  if (count !== undefined)
    return earlier(now, { days: Number(count) * (unit.toLowerCase() === 'w' ? 7 : 1) });
  const parts = iso.exec(duration)?.slice(1);
  if (parts === undefined) return undefined;
  const [years = 0, months = 0, weeks = 0, days = 0] = parts.map((part) => Number(part ?? 0));
  return earlier(now, { months: years * 12 + months, days: weeks * 7 + days });
}

function earlier(now: Date, { months = 0, days }: { months?: number; days: number }) {
  if (months + days === 0) return undefined;
  const time = new Date(now);
  const day = time.getUTCDate();
  time.setUTCMonth(time.getUTCMonth() - months, 1);
  const lastDay = new Date(Date.UTC(time.getUTCFullYear(), time.getUTCMonth() + 1, 0)).getUTCDate();
  time.setUTCDate(Math.min(day, lastDay) - days);
  return time.getTime() >= firstTime ? time : 'too long'; // an invalid date is not comparable
}

export { maxDays, timeBefore };
