import Table from 'cli-table3';
import { formatCount } from './number-text';
import { terminalText } from './terminal-text';

/** Most characters of a cell: a table is for a person, and every other format has texts whole. */
const longestCell = 1000;

/** How a table looks. */
interface TableLook {
  /** @default - no head */
  head?: readonly string[];
  /** For each column whether it stands right. */
  isRight?: readonly boolean[];
  /**
   * Characters of a line of the last column, which is wrapped to them.
   * @default - not wrapped
   */
  lastWidth?: number | undefined;
}

/** A text as a cell of a table shows it: cut, and safe for a terminal. */
function tableText(text: string, longest = longestCell): string {
  // The part first: what is cut may be megabytes. A character has one or two units.
  const characters = [...text.slice(0, 2 * longest + 1)];
  return terminalText(characters.length > longest ? `${characters.slice(0, longest - 1).join('')}…` : text);
}

/** A text in lines of at most so many characters, broken at spaces where there are any. */
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
 * Draws a table for a person; each cell is cut and made safe for a terminal. Every line of a wrapped cell is a row of
 * its own, since the time that cli-table3 takes for a cell grows with the cube of its lines.
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

/** Draws a table whose second column has counts. */
function countTable(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const cells = rows.map((row) => row.map((cell) => (typeof cell === 'number' ? formatCount(cell) : cell)));
  return drawTable(cells, { head, isRight: [false, true] });
}

export { countTable, drawTable, longestCell, tableText };
