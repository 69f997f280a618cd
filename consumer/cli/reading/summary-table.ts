import { eventKinds } from '../../events';
import type { SkipReason } from '../../records/outcome';
import { formatCount, formatShare } from '../output/number-text';
import { drawTable } from '../output/table';
import type { Summary } from './summary';

type Row = readonly [label: string, count: string, note?: string];

function table(head: Row, rows: readonly Row[]): string {
  const cells = (row: Row) => row.map((cell = '') => cell);
  return drawTable(rows.map(cells), { head: cells(head), isRight: [false, true, false] });
}

function kindRows({ kinds }: Summary): Row[] {
  const total = Object.values(kinds).reduce((sum, count) => sum + count, 0);
  const unknown = Object.keys(kinds).filter((kind) => kind.startsWith('Unknown'));
  const named = [...eventKinds, ...unknown.sort()].filter((kind) => kinds[kind] !== undefined);
  return named.map((kind) => [kind, formatCount(kinds[kind] ?? 0), formatShare(kinds[kind] ?? 0, total)]);
}

function rejectRows({ rejects }: Summary): Row[] {
  return Object.entries(rejects).flatMap(([reason, { count, example }]): Row[] => [
    [reason, formatCount(count), example.message],
    ['', '', `${count > 1 ? 'first: ' : ''}${example.object} byte ${example.offset}`],
  ]);
}

/**
 * The summary as tables for a person, with text from records made safe for the terminal.
 *
 * @param skipped records in order that are no email events, by reason
 * @param note stands below the events
 */
function summaryTables(
  summary: Summary,
  skipped: Partial<Record<SkipReason, number>>,
  note?: string,
): string {
  const parts = [
    table(['event', 'count', 'share'], kindRows(summary)),
    ...(note === undefined ? [] : [note]),
  ];
  const rejects = rejectRows(summary);
  if (rejects.length > 0) parts.push(table(['rejected', 'count', 'why and where'], rejects));
  const leftOut = Object.entries(skipped).map(([reason, count]): Row => [reason, formatCount(count)]);
  if (leftOut.length > 0) parts.push(table(['left out', 'count'], leftOut));
  return `${parts.join('\n\n')}\n`;
}

export { summaryTables };
