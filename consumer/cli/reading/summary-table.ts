import { eventKinds } from '../../events';
import type { SkipReason } from '../../records/outcome';
import { formatShare } from '../../texts/number-text';
import { shownPath } from '../output/shown-path';
import { countTable } from '../output/table';
import type { Summary } from './summary';

type Row = readonly [label: string, count: number | '', note: string];

function kindRows({ kinds }: Summary): Row[] {
  const total = Object.values(kinds).reduce((sum, count) => sum + count, 0);
  const unknown = Object.keys(kinds).filter((kind) => kind.startsWith('Unknown'));
  const named = [...eventKinds, ...unknown.sort()].filter((kind) => kinds[kind] !== undefined);
  return named.map((kind) => {
    const { [kind]: count = 0 } = kinds;
    return [kind, count, formatShare(count, total)];
  });
}

function rejectRows({ rejects }: Summary): Row[] {
  return Object.entries(rejects).flatMap(([reason, { count, example }]): Row[] => [
    [reason, count, example.message],
    ['', '', `${count > 1 ? 'first: ' : ''}${shownPath(example.object)} at byte ${example.offset}`],
  ]);
}

/**
 * Formats the summary as tables, with text from records made safe for the terminal.
 *
 * @param skipped valid records that are not email events, by reason
 * @param note text below the events
 * @param width columns of the terminal
 */
function summaryTables(
  summary: Summary,
  skipped: Partial<Record<SkipReason, number>>,
  { note, width }: { note?: string; width?: number | undefined } = {},
): string {
  const parts = [countTable(['event', 'count', 'share'], kindRows(summary), width)];
  if (note !== undefined) parts.push(note);
  const rejects = rejectRows(summary);
  if (rejects.length > 0) parts.push(countTable(['rejected', 'count', 'message and place'], rejects, width));
  const skips = Object.entries(skipped);
  if (skips.length > 0) parts.push(countTable(['skipped', 'count'], skips, width));
  return `${parts.join('\n\n')}\n`;
}

export { summaryTables };
