import Table from 'cli-table3';
import { formatCount } from './number-text';
import { terminalText } from './terminal-text';

/** Maximum number of characters of a cell. Only tables cut texts. */
const maxCellLength = 1000;

/** The look of a table. */
interface TableLook {
  /** @default - no header */
  head?: readonly string[];
  /** Whether each column is right-aligned. */
  isRight?: readonly boolean[];
  /**
   * Width to which the last column is wrapped, in characters.
   * @default - not wrapped
   */
  lastWidth?: number | undefined;
}

/** Formats a text as a table cell: cut, and safe for a terminal. */
function tableText(text: string, maxLength = maxCellLength): string {
  // Slice first, because the text may be megabytes. A character has one or two UTF-16 units.
  const characters = [...text.slice(0, 2 * maxLength + 1)];
  return terminalText(
    characters.length > maxLength ? `${characters.slice(0, maxLength - 1).join('')}…` : text,
  );
}

/** Wraps a text to a width, at spaces where possible. */
function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let rest = [...text];
  while (rest.length > width) {
    const space = rest.lastIndexOf(' ', width);
    lines.push(rest.slice(0, space > 0 ? space : width).join(''));
    rest = rest.slice(space > 0 ? space + 1 : width);
  }
  return [...lines, rest.join('')];
}

/**
 * Draws a table. Each cell is cut and made safe for a terminal. Every line of a wrapped cell is a separate
 * row, because the time of cli-table3 for a cell grows with the cube of its lines.
 */
function drawTable(
  rows: readonly (readonly (string | number | undefined)[])[],
  { head = [], isRight = [], lastWidth = Number.POSITIVE_INFINITY }: TableLook = {},
): string {
  const drawn = new Table({
    head: head.map((cell) => tableText(cell)),
    colAligns: isRight.map((right) => (right ? 'right' : 'left')),
    style: { head: [], border: [], compact: true },
  });
  for (const row of rows) {
    const cells = row.map((cell) => tableText(String(cell ?? '')));
    const [first = '', ...others] = wrapped(cells.at(-1) ?? '', lastWidth);
    drawn.push([...cells.slice(0, -1), first]);
    for (const line of others) drawn.push([...cells.slice(0, -1).fill(''), line]);
  }
  return drawn.toString();
}

/** Draws a table whose second column contains counts. */
function countTable(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const cells = rows.map((row) => row.map((cell) => (typeof cell === 'number' ? formatCount(cell) : cell)));
  return drawTable(cells, { head, isRight: [false, true] });
}

export { countTable, drawTable, maxCellLength, tableText };
