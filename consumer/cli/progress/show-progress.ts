import type { ForgetProgress } from '../../archive/erasure/progress';
import type { IngestProgress } from '../../archive/ingest/ingest';
import type { ForgetObjectsProgress } from '../../archive/objects/forget-objects-options';
import { byteCount, type ReadCounts, recordCount } from '../../records/counts';
import { formatBytes, formatCount, formatNumber } from '../../texts/number-text';
import type { Progress } from './progress';

const perSecond = (count: number, seconds: number) => `${formatCount(Math.round(count / seconds))}/s`;

/**
 * Shows the progress of a reading.
 * @param counts called regularly for the counts so far
 */
function showReading(progress: Progress, counts: () => ReadCounts): void {
  progress.showLine((seconds) => {
    const read = counts();
    const records = recordCount(read);
    return `${formatCount(read.objects)} objects  ${formatCount(records)} records  ${perSecond(records, seconds)}  ${formatBytes(byteCount(read))}`;
  });
}

/**
 * Shows the number of items done so far, and the number per second.
 * @param nouns the items and the work, as in `events written`
 */
function showCount(progress: Progress, count: number, nouns: string): void {
  progress.showLine((seconds) => `${formatCount(count)} ${nouns}  ${perSecond(count, seconds)}`);
}

/**
 * Shows the progress of an ingest: the number of objects during the listing, then the ratio of new objects
 * that are done, and the time left.
 */
function showIngest(progress: Progress, state: IngestProgress): void {
  const { listedObjects, objects, readObjects, events, fetchedBytes } = state;
  if (objects === 0) progress.showLine(() => `listing  ${formatNumber(listedObjects, 'object')}`);
  else
    progress.showBar(
      '[{bar}] {value}/{total} objects  {text}  {eta_formatted} left',
      readObjects,
      objects,
      (seconds) =>
        `${formatCount(events)} events  ${perSecond(events, seconds)}  ${formatBytes(Math.round(fetchedBytes / seconds))}/s`,
    );
}

/** Shows the progress of forgetting: the ratio of events examined, then that the file is compacted. */
function showForgetting(progress: Progress, state: ForgetProgress): void {
  const [done, total, text] =
    state.step === 'searching'
      ? [
          state.examinedEvents,
          Math.max(1, state.events),
          `${formatCount(state.examinedEvents)} of ${formatCount(state.events)} events examined`,
        ]
      : [1, 1, 'compacting the file'];
  progress.showBar('[{bar}] {text}', done, total, () => text);
}

/** Shows the progress of forgetting in delivered objects, whose number is unknown until all are listed. */
function showForgettingObjects(progress: Progress, state: ForgetObjectsProgress): void {
  const { examinedObjects, erasedObjects, examinedBytes } = state;
  progress.showLine(
    (seconds) =>
      `${formatNumber(examinedObjects, 'object')} examined  ${formatCount(erasedObjects)} with the person  ${formatBytes(Math.round(examinedBytes / seconds))}/s`,
  );
}

export { showCount, showForgetting, showForgettingObjects, showIngest, showReading };
