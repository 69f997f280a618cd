/** `400d`, `8w`, or an ISO 8601 duration of days and longer. */
const simple = /^(\d{1,6})([dw])$/i;
const iso = /^P(?=.)(?:(\d{1,4})Y)?(?:(\d{1,5})M)?(?:(\d{1,6})W)?(?:(\d{1,6})D)?$/i;

/**
 * Returns the time that is a duration before another: `400d`, `8w`, or an ISO 8601 duration such as `P400D` or `P1Y6M`.
 * Years and months are calendar units. A day that does not exist in a month becomes its last day.
 *
 * @returns undefined for any other text, and for an empty duration
 */
function timeBefore(duration: string, now: Date): Date | undefined {
  const [, count, unit = ''] = simple.exec(duration) ?? [];
  if (count !== undefined)
    return earlier(now, { days: Number(count) * (unit.toLowerCase() === 'w' ? 7 : 1) });
  const parts = iso.exec(duration)?.slice(1);
  if (parts === undefined) return undefined;
  const [years = 0, months = 0, weeks = 0, days = 0] = parts.map((part) => Number(part ?? 0));
  return earlier(now, { months: years * 12 + months, days: weeks * 7 + days });
}

function earlier(now: Date, { months = 0, days }: { months?: number; days: number }): Date | undefined {
  if (months + days === 0) return undefined;
  const time = new Date(now);
  const day = time.getUTCDate();
  time.setUTCMonth(time.getUTCMonth() - months, 1);
  const lastDay = new Date(Date.UTC(time.getUTCFullYear(), time.getUTCMonth() + 1, 0)).getUTCDate();
  time.setUTCDate(Math.min(day, lastDay) - days);
  return time.getUTCFullYear() >= 1 ? time : undefined;
}

export { timeBefore };
