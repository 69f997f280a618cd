import type { ReplayCounts } from '../../archive/rejects/replay';
import { formatCount, formatNumber } from '../output/number-text';

/** What a replay has done, and what to do about rejects that are kept in part. */
function replayLines({ rejects, moved, events, newEvents, skipped, stay, partial }: ReplayCounts): string {
  const became = [
    formatNumber(newEvents, 'new event'),
    formatNumber(events - newEvents, 'duplicate'),
    `${formatCount(skipped)} left out`,
  ].join(' + ');
  const summary = `${formatNumber(rejects, 'reject')} replayed: ${formatCount(moved)} moved (${became}), ${formatCount(stay)} stay\n`;
  if (partial === 0) return summary;
  return `${summary}${formatCount(partial)} of them are kept only in part: run ses-events ingest on their source, it reads their objects again\n`;
}

export { replayLines };
