import { byteCount, type ReadCounts, recordCount, skippedCount } from '../records/counts';
import type { LeftOut } from '../sources/source';
import { formatBytes, formatCount } from './format';

/** One line that accounts for everything that was read. */
function closingLine(counts: ReadCounts, leftOut: LeftOut, seconds: number): string {
  const parts = [
    `${formatCount(counts.events)} events`,
    `${formatCount(counts.rejects)} rejected`,
    `${formatCount(skippedCount(counts))} left out`,
    ...(counts.unexamined > 0 ? [`${formatCount(counts.unexamined)} unexamined`] : []),
  ];
  const objects = [
    `${formatCount(counts.objects)} objects`,
    ...(leftOut.foreign > 0 ? [`${formatCount(leftOut.foreign)} foreign ones passed over`] : []),
    ...(leftOut.beforeSince > 0 ? [`${formatCount(leftOut.beforeSince)} before --since`] : []),
  ];
  const rate = seconds > 0 ? ` (${formatCount(Math.round(recordCount(counts) / seconds))}/s)` : '';
  const size = `${formatBytes(counts.fetchedBytes)} read, ${formatBytes(byteCount(counts))} uncompressed`;
  return `${formatCount(recordCount(counts))} records = ${parts.join(' + ')}; ${objects.join(', ')}; ${size}; ${seconds.toFixed(1)} s${rate}`;
}

export { closingLine };
