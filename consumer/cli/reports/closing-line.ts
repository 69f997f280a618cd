import type { IngestCounts, QueueCounts } from '../../archive/ingest/ingest-counts';
import { byteCount, type ReadCounts, recordCount, skippedCount } from '../../records/counts';
import type { LeftOut } from '../../sources/source';
import { formatBytes, formatCount, formatNumber } from '../output/number-text';
import { checkTheName } from './empty-sources';

/** Formats a count with its status as a part of a line; empty for zero. */
const some = (count: number, fate: string) => (count > 0 ? [`${formatCount(count)} ${fate}`] : []);

const linksText = ({ links = 0 }: LeftOut) =>
  links > 0 ? [`${formatNumber(links, 'link')} to what is listed passed over`] : [];

/** Formats the common part of both lines: `3 records = …; 1 object, …; 2 KiB read; 0.1 s (30/s)`. */
function account(
  counts: ReadCounts,
  { records, objects, size = '' }: { records: string[]; objects: string[]; size?: string },
  seconds: number,
): string {
  const all = recordCount(counts);
  const rate = seconds > 0 ? ` (${formatCount(Math.round(all / seconds))}/s)` : '';
  return (
    `${formatNumber(all, 'record')} = ${records.join(' + ')}; ${objects.join(', ')}; ` +
    `${formatBytes(counts.fetchedBytes)} read${size}; ${seconds.toFixed(1)} s${rate}`
  );
}

/** Formats one line that accounts for everything that was read. */
function closingLine(counts: ReadCounts, leftOut: LeftOut, seconds: number): string {
  const { foreign, beforeSince } = leftOut;
  const records = [
    formatNumber(counts.events, 'event'),
    `${formatCount(counts.rejects)} rejected`,
    `${formatCount(skippedCount(counts))} left out`,
    ...some(counts.unexamined, 'unexamined'),
  ];
  const objects = [
    formatNumber(counts.objects, 'object'),
    ...some(foreign, 'foreign passed over'),
    ...linksText(leftOut),
    ...(counts.objects + foreign + beforeSince === 0 ? [checkTheName] : []),
    ...some(beforeSince, 'before --since'),
  ];
  const size = `, ${formatBytes(byteCount(counts))} uncompressed`;
  return account(counts, { records, objects, size }, seconds);
}

/**
 * Formats one line that accounts for everything that was ingested.
 * @param isNamed whether a name selects the objects, which may be wrong when there are none
 */
function ingestLine(counts: IngestCounts, seconds: number, { isNamed = true } = {}): string {
  const { read, leftOut, replacedObjects, unchangedObjects } = counts;
  const [ignored, failed] = [counts.ignored.length, counts.failed.length];
  const gone = formatNumber(counts.removedEvents, 'event');
  const found = read.objects + unchangedObjects + leftOut.foreign + ignored + failed;
  const records = [
    formatNumber(counts.newEvents, 'new event'),
    formatNumber(counts.duplicates, 'duplicate'),
    ...some(counts.forgottenEvents, 'forgotten'),
    `${formatCount(read.rejects)} rejected`,
    `${formatCount(skippedCount(read))} left out`,
  ];
  const objects = [
    formatNumber(read.objects, 'object'),
    ...some(replacedObjects, `of them replaced (${gone} gone)`),
    ...some(unchangedObjects, 'unchanged'),
    ...some(leftOut.foreign, 'foreign passed over'),
    ...some(ignored, 'ignored'),
    ...linksText(leftOut),
    ...some(failed, 'failed'),
    ...(isNamed && found === 0 ? [checkTheName] : []),
  ];
  return account(read, { records, objects }, seconds);
}

/** Formats one line that accounts for the messages of a queue and the objects that they name. */
function queueLine(counts: QueueCounts, seconds: number): string {
  const { messages, deletedMessages, goneObjects } = counts;
  const gone = goneObjects > 0 ? `; ${formatNumber(goneObjects, 'object')} gone` : '';
  return (
    `${formatNumber(messages, 'message')} = ${formatCount(deletedMessages)} done with + ` +
    `${formatCount(messages - deletedMessages)} to come again${gone}; ${ingestLine(counts, seconds, { isNamed: false })}`
  );
}

export { closingLine, ingestLine, queueLine };
