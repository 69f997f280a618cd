import type { Cell, TextFormat } from './line-format';

/**
 * What a spreadsheet takes for the beginning of a formula: also behind spaces, which some strip, and in full width,
 * which those of East Asia take for the same characters.
 */
const formula = /^(?:\s*[=+\-@＝＋－＠]|[\t\r])/;

/**
 * One CSV line (RFC 4180), without its end. A cell that a spreadsheet would run as a formula gets a leading apostrophe:
 * subjects and user agents are written by strangers.
 */
function csvLine(cells: readonly Cell[]): string {
  return cells.map(csvCell).join(',');
}

function csvCell(value: Cell): string {
  if (value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const text = formula.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** CSV under a header. */
const csv: TextFormat = {
  needsColumns: true,
  lines: ({ columns, cells }) => ({
    head: `${csvLine(columns)}\r\n`,
    between: '',
    line: (item) => csvLine(cells(item)),
    lineEnd: '\r\n',
    tail: '',
  }),
};

export { csv, csvLine };
