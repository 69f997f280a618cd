import type { ForgetProgress } from '../../archive/erasure/progress';
import type { IngestProgress } from '../../archive/ingest/ingest';
import { byteCount, type ReadCounts, recordCount } from '../../records/counts';
import { formatBytes, formatCount, formatNumber } from '../output/number-text';
import type { Progress } from './progress';

const perSecond = (count: number, seconds: number) => `${formatCount(Math.round(count / seconds))}/s`;

/**
 * Shows how far a reading has come.
 * @param counts called from time to time for what has been read so far
 */
function showReading(progress: Progress, counts: () => ReadCounts): void {
  progress.showLine((seconds) => {
    const read = counts();
    const records = recordCount(read);
    return `${formatCount(read.objects)} objects  ${formatCount(records)} records  ${perSecond(records, seconds)}  ${formatBytes(byteCount(read))}`;
  });
}

/**
 * Shows how many things a work has done so far, and how many a second.
 * @param nouns what they are and what was done to them, as in `events written`
 */
function showCount(progress: Progress, count: number, nouns: string): void {
  progress.showLine((seconds) => `${formatCount(count)} ${nouns}  ${perSecond(count, seconds)}`);
}

/**
 * Shows how far an ingest has come: while objects are listed, how many there are; then the share of the new ones that
 * is done, and the time that the rest will take.
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

/** Shows how far forgetting has come: the share of the events that was looked at; then that the file is compacted. */
function showForgetting(progress: Progress, state: ForgetProgress): void {
  const [done, total, text] =
    state.step === 'looking'
      ? [
          state.lookedAt,
          Math.max(1, state.events),
          `${formatCount(state.lookedAt)} of ${formatCount(state.events)} events looked at`,
        ]
      : [1, 1, 'compacting the file'];
  progress.showBar('[{bar}] {text}', done, total, () => text);
}

export { showCount, showForgetting, showIngest, showReading };
