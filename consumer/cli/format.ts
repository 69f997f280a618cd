/** A count with thousands separators. */
function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}

/** A count with its noun, in the singular for one: `1 object`, `2 objects`. */
function formatNumber(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** Bytes in the largest unit that leaves at least one. */
function formatBytes(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let value = bytes;
  let unit = 0;
  for (; value >= 1024 && unit < units.length - 1; unit++) value /= 1024;
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
}

/** A share as a percentage; a dash when there is nothing to take a share of. */
function formatShare(part: number, whole: number): string {
  if (whole === 0) return '–';
  const percent = (100 * part) / whole;
  return `${percent.toFixed(percent !== 0 && percent < 0.1 ? 3 : 2)} %`;
}

export { formatBytes, formatCount, formatNumber, formatShare };
