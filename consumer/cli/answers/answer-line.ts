import { pageAddress } from '../../pages/page-address';
import type { ArchiveFacts, Basis } from '../../queries/answers/open-source';
import type { UnreadableLines } from '../../queries/engines/athena/ask-statements';
import { formatNumber, formatTime } from '../../texts/number-text';
import { terminalText } from '../../texts/terminal-text';
import type { CommandContext } from '../process/context';
import type { Written } from './answer';
import { rowsText } from './write-answer';

/** Formats the counts of an archive, and the number of its unreadable records. */
function factTexts({ events, newest, rejects }: ArchiveFacts): string[] {
  return [
    `archive: ${formatNumber(events, 'event')}${newest ? `, newest ${formatTime(newest)} UTC` : ''}`,
    ...(rejects > 0 ? [`${formatNumber(rejects, 'unreadable record')}: see ses-events rejects`] : []),
  ];
}

/** Formats the note about data that an answer of Athena does not include; empty where there is none. */
function unreadableNote({ lines, objects }: UnreadableLines): string {
  if (lines === 0) return '';
  const count = `${formatNumber(lines, 'line')} in ${formatNumber(objects, 'object')}`;
  return `Athena cannot read ${count}: see ${pageAddress('athena', 'what-athena-cannot-read')}`;
}

/**
 * Formats the line below an answer: its size, and the data that it is based on.
 * @param more text after the number of rows
 */
function answerLine(written: Written, { facts, unreadable }: Basis, more = ''): string {
  return [
    rowsText(written, more),
    ...(facts === undefined ? [] : factTexts(facts)),
    ...(unreadable === undefined ? [] : [unreadableNote(unreadable)]),
  ].join('; ');
}

/** Reports an answer on standard error, unless the user interrupted it. */
function reportAnswer(
  context: CommandContext,
  written: Written | undefined,
  { hint, ...basis }: Basis,
  more: string,
): void {
  if (hint !== undefined) context.stderr.write(`${terminalText(hint)}\n`);
  if (written !== undefined && !context.isInterrupted)
    context.stderr.write(`${answerLine(written, basis, more)}\n`);
}

export { answerLine, reportAnswer, unreadableNote };
