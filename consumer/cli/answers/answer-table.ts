import Table from 'cli-table3';
import type { PlainValue } from '../../queries/engines/plain-value';
import { terminalText } from '../terminal-text';
import type { Answer, ShownColumn } from './answer';
import { cellText, isNumeric } from './cell-text';

/** Columns of a terminal when nobody has said how many. */
const usualWidth = 100;

/** What prose gets at least, however wide the other columns are. */
const narrowestProse = 40;

type Line = readonly string[];

/** Draws lines of cells; prose in the last column is wrapped to what the others leave of the width. */
function draw(head: Line, lines: readonly Line[], isRight: readonly boolean[], proseWidth?: number): string {
  const last = isRight.length - 1;
  const drawn = new Table({
    head: [...head],
    colAligns: isRight.map((right) => (right ? 'right' : 'left')),
    style: { head: [], border: [], compact: true },
    ...(proseWidth !== undefined && {
      colWidths: isRight.map((_, column) => (column === last ? proseWidth + 2 : null)),
      wordWrap: true,
      // Between words a longer one would be cut.
      wrapOnWordBoundary: lines.every((line) =>
        (line[last] ?? '').split(' ').every((word) => word.length <= proseWidth),
      ),
    }),
  });
  for (const line of lines) drawn.push([...line]);
  return `${drawn.toString()}\n`;
}

/** What the other columns, with their frames, leave of a width for the last one. */
function roomForLast(lines: readonly Line[], width: number): number {
  const columns = lines[0]?.length ?? 0;
  const widest = (column: number) => Math.max(...lines.map((line) => [...(line[column] ?? '')].length));
  const others = Array.from({ length: columns - 1 }, (_, column) => widest(column) + 3);
  const room = width - others.reduce((sum, other) => sum + other, 0) - 4;
  return Math.min(Math.max(room, narrowestProse), widest(columns - 1));
}

/** One row, upright: a line for each column, with what it means. */
function uprightTable(columns: readonly ShownColumn[], row: readonly PlainValue[], width: number): string {
  const lines = columns.map((column, index) => [
    terminalText(column.name),
    cellText(row[index] ?? null, column),
    column.meaning ?? '',
  ]);
  if (columns.every(({ meaning = '' }) => meaning === ''))
    return draw(
      [],
      lines.map((line) => line.slice(0, 2)),
      [false, false],
    );
  return draw([], lines, [false, false, false], roomForLast(lines, width));
}

/**
 * Rows as a table for a person: one row stands upright, with what its columns mean.
 *
 * @param width how many columns the terminal has
 */
function answerTable(
  { columns, isList }: Pick<Answer, 'columns' | 'isList'>,
  rows: readonly (readonly PlainValue[])[],
  width = usualWidth,
): string {
  const [only] = rows;
  if (only === undefined) return '';
  if (rows.length === 1 && isList !== true) return uprightTable(columns, only, width);
  const head = columns.map(({ name }) => terminalText(name));
  const lines = rows.map((row) => columns.map((column, index) => cellText(row[index] ?? null, column)));
  const isRight = columns.map(
    ({ type }, index) => isNumeric(type) || rows.every((row) => typeof row[index] === 'number'),
  );
  const hasProse = columns.at(-1)?.isProse === true;
  return draw(head, lines, isRight, hasProse ? roomForLast([head, ...lines], width) : undefined);
}

export { answerTable };
