import { widestText } from './text-width';

/** Width below which a column is not wrapped, because its lines would be too short to read. */
const minWidth = 16;

/** The characters that a table draws around each cell, and at its end. */
const frameWidth = 3;
const endWidth = 1;

/** Returns the width of a table whose columns have these widths. */
function drawnWidth(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width + frameWidth, endWidth);
}

/** Returns the widths of the columns that no wrapping changes. */
function naturalWidths(rows: readonly (readonly string[])[]): number[] {
  return (rows[0] ?? []).map((_, column) => widestText(rows.map((row) => row[column] ?? '')));
}

/**
 * Computes the widths at which a table fits a width: narrow columns keep theirs, and the others share the rest
 * equally. No column becomes narrower than 16, even if the table then does not fit.
 *
 * @param rows texts, with the head
 * @example fittingWidths([['event', 'Bounce'], ['message', 'a long text …']], 60)
 */
function fittingWidths(rows: readonly (readonly string[])[], width: number): number[] {
  const widths = naturalWidths(rows);
  let rest = width - drawnWidth(widths.map(() => 0));
  const narrowFirst = [...widths.entries()].sort(([, a], [, b]) => a - b);
  for (const [index, [column, natural]] of narrowFirst.entries()) {
    const share = Math.max(Math.floor(rest / (widths.length - index)), minWidth);
    widths[column] = Math.min(natural, share);
    rest -= Math.min(natural, share);
  }
  return widths;
}

export { drawnWidth, fittingWidths, naturalWidths };
