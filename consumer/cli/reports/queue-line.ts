import type { QueueCounts } from '../../archive/ingest/ingest-counts';
import { formatCount, formatNumber } from '../output/number-text';
import { ingestLine } from './ingest-line';

/** One line that accounts for the messages of a queue and for everything that they named. */
function queueLine(counts: QueueCounts, seconds: number): string {
  const { messages, deletedMessages, goneObjects } = counts;
  const staying = messages - deletedMessages;
  const parts = [
    `${formatNumber(messages, 'message')} = ${formatCount(deletedMessages)} done with`,
    `${formatCount(staying)} to come again`,
  ];
  const gone = goneObjects > 0 ? `; ${formatNumber(goneObjects, 'object')} gone` : '';
  return `${parts.join(' + ')}${gone}; ${ingestLine(counts, seconds, { isNamed: false })}`;
}

export { queueLine };
