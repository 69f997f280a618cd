import { csvCell } from '../../archive/export/csv-cell';
import type { Cell, TextFormat } from './line-format';

/** Formats one CSV line (RFC 4180), without its end. A text that a spreadsheet would run as a formula is neutralized. */
function csvLine(cells: readonly Cell[]): string {
  return cells
    .map((cell) => (typeof cell === 'string' ? csvCell(cell) : cell === undefined ? '' : String(cell)))
    .join(',');
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
