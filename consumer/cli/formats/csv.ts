import type { Cell, TextFormat } from './line-format';

/**
 * The beginning of a spreadsheet formula. It may follow spaces, which some spreadsheets remove, or be in
 * full-width characters, which East Asian versions treat as the same characters.
 */
const formula = /^(?:\s*[=+\-@＝＋－＠]|[\t\r])/;

/**
 * Formats one CSV line (RFC 4180), without its end. A cell that a spreadsheet would run as a formula gets a
 * leading apostrophe, because subjects and user agents are untrusted input.
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

/** CSV with a header. */
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
