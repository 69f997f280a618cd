import type { IngestCounts } from '../../archive/ingest/ingest-counts';
import { recordCount, skippedCount } from '../../records/counts';
import { formatBytes, formatCount, formatNumber } from '../output/number-text';
import { checkTheName } from './empty-sources';

/**
 * One line that accounts for everything that was ingested.
 * @param isNamed whether the objects were looked for under a name, which may be wrong when there are none
 */
function ingestLine(counts: IngestCounts, seconds: number, { isNamed = true } = {}): string {
  const {
    read,
    newEvents,
    duplicates,
    forgottenEvents,
    replacedObjects,
    removedEvents,
    unchangedObjects,
    failed,
    ignored,
    leftOut,
  } = counts;
  const records = [
    formatNumber(newEvents, 'new event'),
    formatNumber(duplicates, 'duplicate'),
    ...(forgottenEvents > 0 ? [`${formatCount(forgottenEvents)} forgotten`] : []),
    `${formatCount(read.rejects)} rejected`,
    `${formatCount(skippedCount(read))} left out`,
  ];
  const { links = 0 } = leftOut;
  const objects = [
    formatNumber(read.objects, 'object'),
    ...(replacedObjects > 0
      ? [`${formatCount(replacedObjects)} of them replaced (${formatNumber(removedEvents, 'event')} gone)`]
      : []),
    ...(unchangedObjects > 0 ? [`${formatCount(unchangedObjects)} unchanged`] : []),
    ...(leftOut.foreign > 0 ? [`${formatCount(leftOut.foreign)} foreign passed over`] : []),
    ...(ignored.length > 0 ? [`${formatCount(ignored.length)} ignored`] : []),
    ...(links > 0 ? [`${formatNumber(links, 'link')} to what is listed passed over`] : []),
    ...(failed.length > 0 ? [`${formatCount(failed.length)} failed`] : []),
    ...(isNamed && read.objects + unchangedObjects + leftOut.foreign + ignored.length + failed.length === 0
      ? [checkTheName]
      : []),
  ];
  const rate = seconds > 0 ? ` (${formatCount(Math.round(recordCount(read) / seconds))}/s)` : '';
  return `${formatNumber(recordCount(read), 'record')} = ${records.join(' + ')}; ${objects.join(', ')}; ${formatBytes(read.fetchedBytes)} read; ${seconds.toFixed(1)} s${rate}`;
}

export { ingestLine };
