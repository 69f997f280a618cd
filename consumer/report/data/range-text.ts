import { localTime } from '../../texts/local-time';
import { formatNumber, formatTime } from '../../texts/number-text';
import type { TimeRange } from './scope';

const day = 24 * 60 * 60 * 1000;

const dayText = (local: Date) => local.toISOString().slice(0, 10);

/**
 * Formats a range of time: whole days by their first and last day, other ranges by their times.
 *
 * @example
 * ```ts
 * rangeText({ since, until }, 'UTC'); // 2026-07-22 to 2026-08-20, 30 days
 * ```
 */
function rangeText({ since, until }: TimeRange, zone: string): string {
  const [first, end] = [localTime(since, zone), localTime(until, zone)];
  const days = (end.getTime() - first.getTime()) / day;
  const isWholeDays = [first, end].every((time) => time.getTime() % day === 0);
  if (!isWholeDays) return `${formatTime(since, zone)} to ${formatTime(until, zone)}`;
  const last = new Date(end.getTime() - day);
  const names = days === 1 ? dayText(first) : `${dayText(first)} to ${dayText(last)}`;
  return `${names}, ${formatNumber(days, 'day')}`;
}

export { rangeText };
