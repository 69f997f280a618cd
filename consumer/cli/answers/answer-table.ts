import Table from 'cli-table3';
import type { PlainValue } from '../../queries/engines/plain-value';
import { terminalText } from '../terminal-text';
import type { ShownColumn } from './answer';
import { cellText, isNumeric } from './cell-text';

/** Columns of a terminal when nobody has said how many. */
const usualWidth = 100;

/** What stands between the cells of a row of three, and at its ends. */
const frameWidth = 10;

const plainStyle = { head: [], border: [], compact: true };

/** One row, upright: a line for each column, with what it means. */
function uprightTable(columns: readonly ShownColumn[], row: readonly PlainValue[], width: number): string {
  const lines = columns.map(({ name, type, meaning = '' }, index) => [
    terminalText(name),
    cellText(row[index] ?? null, type),
    meaning,
  ]);
  const widest = (cell: number) => Math.max(...lines.map((line) => [...(line[cell] ?? '')].length));
  const hasMeanings = lines.some(([, , meaning]) => meaning !== '');
  const room = Math.min(Math.max(width - frameWidth - widest(0) - widest(1), 24), widest(2));
  const drawn = new Table({
    style: plainStyle,
    ...(hasMeanings && { colWidths: [null, null, room + 2], wordWrap: true }),
  });
  for (const line of lines) drawn.push(hasMeanings ? line : line.slice(0, 2));
  return drawn.toString();
}

/**
 * Rows as a table for a person: one row stands upright, with what its columns mean.
 *
 * @param width how many columns the terminal has
 */
function answerTable(
  columns: readonly ShownColumn[],
  rows: readonly (readonly PlainValue[])[],
  width = usualWidth,
): string {
  const [only] = rows;
  if (only === undefined) return '';
  if (rows.length === 1) return `${uprightTable(columns, only, width)}\n`;
  const drawn = new Table({
    head: columns.map(({ name }) => terminalText(name)),
    colAligns: columns.map(({ type }, index) =>
      isNumeric(type) || rows.every((row) => typeof row[index] === 'number') ? 'right' : 'left',
    ),
    style: plainStyle,
  });
  for (const row of rows) {
    drawn.push(columns.map(({ type }, index) => cellText(row[index] ?? null, type)));
  }
  return `${drawn.toString()}\n`;
}

export { answerTable };
