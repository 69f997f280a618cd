import type { IngestCounts, QueueCounts } from '../../archive/ingest/ingest-counts';
import { byteCount, type ReadCounts, recordCount, skippedCount } from '../../records/counts';
import type { SkippedObjects } from '../../sources/source';
import { formatBytes, formatCount, formatNumber } from '../../texts/number-text';
import { exitCode } from '../process/exit-code';
import { checkSourceName } from './empty-sources';

/** Formats a count with its status as a part of a line; empty for zero. */
const nonZero = (count: number, status: string) => (count > 0 ? [`${formatCount(count)} ${status}`] : []);

const linksText = ({ links = 0 }: SkippedObjects) =>
  links > 0 ? [`${formatNumber(links, 'link')} to listed files skipped`] : [];

/** Formats the number of objects read, with advice when a listing found nothing. */
const objectsText = (count: number, isNothingFound: boolean) =>
  `${formatNumber(count, 'object')}${isNothingFound ? ` (${checkSourceName})` : ''}`;

/** The parts of a closing line. */
interface Parts {
  /** The operation, in the past tense. */
  verb: 'read' | 'ingested';
  records: readonly string[];
  objects: readonly string[];
  size?: string;
}

/** Formats the common part of both lines: `read 3 records: …; 1 object, …; 2 KiB read; 0.1 s (30/s)`. */
function account(counts: ReadCounts, { verb, records, objects, size = '' }: Parts, seconds: number): string {
  const all = recordCount(counts);
  const rate = seconds > 0 ? ` (${formatCount(Math.round(all / seconds))}/s)` : '';
  return (
    `${verb} ${formatNumber(all, 'record')}: ${records.join(', ')}; ${objects.join(', ')}; ` +
    `${formatBytes(counts.fetchedBytes)} read${size}; ${seconds.toFixed(1)} s${rate}`
  );
}

/** Formats one line that accounts for everything that was read. */
function closingLine(counts: ReadCounts, skippedObjects: SkippedObjects, seconds: number): string {
  const { foreign, beforeSince } = skippedObjects;
  const records = [
    formatNumber(counts.events, 'event'),
    `${formatCount(counts.rejects)} rejected`,
    `${formatCount(skippedCount(counts))} skipped`,
    ...nonZero(counts.unexamined, 'not examined'),
  ];
  const objects = [
    objectsText(counts.objects, counts.objects + foreign + beforeSince === 0),
    ...nonZero(foreign, 'foreign skipped'),
    ...linksText(skippedObjects),
    ...nonZero(beforeSince, 'skipped before --since'),
  ];
  const size = `, ${formatBytes(byteCount(counts))} uncompressed`;
  return account(counts, { verb: 'read', records, objects, size }, seconds);
}

/**
 * Formats one line that accounts for everything that was ingested.
 * @param isNamed whether a name selects the objects, which may be wrong when there are none
 */
function ingestLine(counts: IngestCounts, seconds: number, { isNamed = true } = {}): string {
  const { read, skippedObjects, replacedObjects, unchangedObjects } = counts;
  const [ignored, failed] = [counts.ignored.length, counts.failed.length];
  const removed = formatNumber(counts.removedEvents, 'event');
  const found = read.objects + unchangedObjects + skippedObjects.foreign + ignored + failed;
  const records = [
    formatNumber(counts.newEvents, 'new event'),
    formatNumber(counts.duplicates, 'duplicate'),
    ...nonZero(counts.erasedEvents, 'already erased'),
    `${formatCount(read.rejects)} rejected`,
    `${formatCount(skippedCount(read))} skipped`,
  ];
  const objects = [
    objectsText(read.objects, isNamed && found === 0),
    ...nonZero(replacedObjects, `of them replaced (${removed} removed)`),
    ...nonZero(unchangedObjects, 'unchanged'),
    ...nonZero(skippedObjects.foreign, 'foreign skipped'),
    ...nonZero(ignored, 'ignored'),
    ...linksText(skippedObjects),
    ...nonZero(failed, 'failed'),
  ];
  return account(read, { verb: 'ingested', records, objects }, seconds);
}

/**
 * Formats the advice at the end of a closing line, if rejects caused the exit code; otherwise empty.
 * @param code exit code of the command
 */
function rejectsAdvice({ exitCode: code }: { exitCode: number | undefined }): string {
  return code === exitCode.rejects ? '; add --allow-rejects for exit code 0 instead of 3' : '';
}

/** Formats one line that accounts for the messages of a queue and the objects that they name. */
function queueLine(counts: QueueCounts, seconds: number): string {
  const { messages, deletedMessages, missingObjects } = counts;
  const gone =
    missingObjects > 0
      ? `; ${formatNumber(missingObjects, 'object')} no longer ${missingObjects === 1 ? 'exists' : 'exist'}`
      : '';
  return (
    `received ${formatNumber(messages, 'message')}: ${formatCount(deletedMessages)} processed, ` +
    `${formatCount(messages - deletedMessages)} will be redelivered${gone}; ${ingestLine(counts, seconds, { isNamed: false })}`
  );
}

export { closingLine, ingestLine, queueLine, rejectsAdvice };
