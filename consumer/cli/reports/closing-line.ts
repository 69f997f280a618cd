import { byteCount, type ReadCounts, recordCount, skippedCount } from '../../records/counts';
import type { LeftOut } from '../../sources/source';
import { formatBytes, formatCount, formatNumber } from '../output/number-text';
import { checkTheName } from './empty-sources';

/** One line that accounts for everything that was read. */
function closingLine(counts: ReadCounts, leftOut: LeftOut, seconds: number): string {
  const parts = [
    formatNumber(counts.events, 'event'),
    `${formatCount(counts.rejects)} rejected`,
    `${formatCount(skippedCount(counts))} left out`,
    ...(counts.unexamined > 0 ? [`${formatCount(counts.unexamined)} unexamined`] : []),
  ];
  const { links = 0 } = leftOut;
  const objects = [
    formatNumber(counts.objects, 'object'),
    ...(leftOut.foreign > 0 ? [`${formatCount(leftOut.foreign)} foreign passed over`] : []),
    ...(links > 0 ? [`${formatNumber(links, 'link')} to what is listed passed over`] : []),
    ...(counts.objects + leftOut.foreign + leftOut.beforeSince === 0 ? [checkTheName] : []),
    ...(leftOut.beforeSince > 0 ? [`${formatCount(leftOut.beforeSince)} before --since`] : []),
  ];
  const rate = seconds > 0 ? ` (${formatCount(Math.round(recordCount(counts) / seconds))}/s)` : '';
  const size = `${formatBytes(counts.fetchedBytes)} read, ${formatBytes(byteCount(counts))} uncompressed`;
  return `${formatNumber(recordCount(counts), 'record')} = ${parts.join(' + ')}; ${objects.join(', ')}; ${size}; ${seconds.toFixed(1)} s${rate}`;
}

export { closingLine };
