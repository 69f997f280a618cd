import Table from 'cli-table3';
import { formatCount } from '../../texts/number-text';
import { terminalText } from '../../texts/terminal-text';
import { type Color, colored } from './colors';
import { drawnWidth, fittingWidths } from './column-widths';
import { wrappedText } from './text-width';

/** Maximum number of characters of a cell. Only tables cut texts. */
const maxCellLength = 1000;

/** A text of a cell that is shown in a color. The text itself is made safe for a terminal. */
interface ColoredCell {
  text: string;
  color: Color;
}

type TableCell = string | number | undefined | ColoredCell;

/** The look of a table. */
interface TableLook {
  /** @default - no header */
  head?: readonly string[];
  /** Whether each column is right-aligned. */
  isRight?: readonly boolean[];
  /**
   * Width to which each column is wrapped, in columns of the terminal.
   * @default - not wrapped
   */
  widths?: readonly number[] | undefined;
}

/** Formats a text as a table cell: cut, and safe for a terminal. */
function tableText(text: string, maxLength = maxCellLength): string {
  // Slice first, because the text may be megabytes. A character has one or two UTF-16 units.
  const characters = [...text.slice(0, 2 * maxLength + 1)];
  return terminalText(
    characters.length > maxLength ? `${characters.slice(0, maxLength - 1).join('')}…` : text,
  );
}

/** Formats a cell as its lines. Only the escapes of the color of the cell take effect. */
function cellLines(cell: TableCell, width = Number.POSITIVE_INFINITY): string[] {
  if (typeof cell !== 'object') return wrappedText(tableText(String(cell ?? '')), width);
  return cellLines(cell.text, width).map((line) => colored(line, cell.color));
}

/**
 * Draws a table. Each cell is cut and made safe for a terminal. Every line of a wrapped cell is a separate
 * row, because the time of cli-table3 for a cell grows with the cube of its lines.
 */
function drawTable(
  rows: readonly (readonly TableCell[])[],
  { head = [], isRight = [], widths = [] }: TableLook = {},
): string {
  const drawn = new Table({
    head: head.map((cell, column) => cellLines(cell, widths[column]).join('\n')),
    colAligns: isRight.map((right) => (right ? 'right' : 'left')),
    style: { head: [], border: [], compact: true },
  });
  for (const row of rows) {
    const cells = row.map((cell, column) => cellLines(cell, widths[column]));
    const height = Math.max(...cells.map((lines) => lines.length));
    for (let line = 0; line < height; line++) drawn.push(cells.map((lines) => lines[line] ?? ''));
  }
  return drawn.toString();
}

/** The look of a table that fits a width. */
interface FittedLook extends Omit<TableLook, 'widths'> {
  /**
   * Columns of the terminal.
   * @default - as wide as the texts
   */
  width: number | undefined;
}

/** Draws each row as its own table, with a line for each column that has a value. */
function drawUpright(rows: readonly (readonly string[])[], head: readonly string[], width: number): string {
  return rows
    .map((row) => {
      const lines = row.flatMap((text, column) => (text === '' ? [] : [[head[column] ?? '', text]]));
      return drawTable(lines, { widths: fittingWidths(lines, width) });
    })
    .join('\n');
}

/**
 * Draws a table whose long texts are wrapped, so that it fits a width. Where its columns would be too narrow to
 * read, each row is its own table.
 */
function fittedTable(
  rows: readonly (readonly (string | number | undefined)[])[],
  { head = [], isRight = [], width }: FittedLook,
): string {
  if (width === undefined) return drawTable(rows, { head, isRight });
  const texts = rows.map((row) => row.map((cell) => tableText(String(cell ?? ''))));
  const names = head.map((name) => tableText(name));
  const widths = fittingWidths([names, ...texts], width);
  return drawnWidth(widths) <= width
    ? drawTable(rows, { head, isRight, widths })
    : drawUpright(texts, names, width);
}

/** Draws a table whose second column contains counts. */
function countTable(
  head: readonly string[],
  rows: readonly (readonly (string | number)[])[],
  width?: number,
): string {
  const cells = rows.map((row) => row.map((cell) => (typeof cell === 'number' ? formatCount(cell) : cell)));
  return fittedTable(cells, { head, isRight: [false, true], width });
}

export { countTable, drawTable, fittedTable, maxCellLength, type TableCell, tableText };
