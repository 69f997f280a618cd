import { localTime } from './local-time';

/** Formats a count with thousands separators. */
function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}

/** Formats a count with its noun, singular for one: `1 object`, `2 objects`. */
function formatNumber(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** Formats bytes in the largest unit that gives at least 1. */
function formatBytes(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let value = bytes;
  let unit = 0;
  for (; value >= 1024 && unit < units.length - 1; unit++) value /= 1024;
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
}

/**
 * Formats a percentage with two decimals, or more if rounding would reach a full tenth: 4.998% is below the limit of
 * 5% and must not look like it.
 */
function percentText(percent: number, decimals = 2): string {
  const text = percent.toFixed(decimals);
  const isTenth = Number.isInteger(Number((Number(text) * 10).toFixed(9)));
  return isTenth && percent < Number(text) && decimals < 10 ? percentText(percent, decimals + 1) : text;
}

/** Formats a ratio as a percentage with two decimals or more; a dash when the total is zero. */
function formatShare(part: number, total: number): string {
  if (total === 0) return '–';
  const percent = (100 * part) / total;
  if (percent > 0 && percent < 0.005) return '<0.01%';
  return `${percentText(percent)}%`;
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** Formats milliseconds in the two largest useful units: `850 ms`, `3.2 s`, `4 min 10 s`, `3 d 4 h`. */
function formatDuration(milliseconds: number): string {
  if (milliseconds < 0) return `-${formatDuration(-milliseconds)}`;
  const rounded = Math.round(milliseconds);
  if (rounded < second) return `${rounded} ms`;
  if (rounded < minute) return `${Number((rounded / second).toFixed(1))} s`;
  const [large, largeName, small, smallName] =
    rounded < hour
      ? ([minute, 'min', second, 's'] as const)
      : rounded < 2 * day
        ? ([hour, 'h', minute, 'min'] as const)
        : ([day, 'd', hour, 'h'] as const);
  const rest = Math.floor((rounded % large) / small);
  return `${formatCount(Math.floor(rounded / large))} ${largeName}${rest === 0 ? '' : ` ${rest} ${smallName}`}`;
}

/** Formats a time to the second, in a time zone: `2026-03-01 12:00:05`. */
function formatTime(time: Date, zone = 'UTC'): string {
  return localTime(time, zone)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, '');
}

export { formatBytes, formatCount, formatDuration, formatNumber, formatShare, formatTime };
