import type { Database } from '../../archive/store/database';
import { formatNumber, formatTime } from '../output/number-text';
import { rowsText, type Written } from './write-answer';

/** What an answer rests on. */
interface ArchiveFacts {
  events: number;
  newest: Date | undefined;
  rejects: number;
}

/** Counts what an archive holds and what of it could not be read. */
async function archiveFacts(database: Database): Promise<ArchiveFacts> {
  const [row] = await database.rows<{ events: bigint; newest: Date | null; rejects: bigint }>(
    'SELECT count(*) AS events, max(event_time) AS newest, (SELECT count(*) FROM rejects) AS rejects FROM event_rows',
  );
  return {
    events: Number(row?.events ?? 0),
    newest: row?.newest ?? undefined,
    rejects: Number(row?.rejects ?? 0),
  };
}

/** The line below an answer: how much it is, and what it rests on. */
function answerLine(written: Written, { events, newest, rejects }: ArchiveFacts, more = ''): string {
  return [
    rowsText(written, more),
    `${formatNumber(events, 'event')} in the archive${newest ? `, the newest of ${formatTime(newest)} UTC` : ''}`,
    ...(rejects > 0 ? [`${formatNumber(rejects, 'record')} rejected: ses-events rejects`] : []),
  ].join('; ');
}

export { type ArchiveFacts, answerLine, archiveFacts };
