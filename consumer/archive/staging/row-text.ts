/** Between the cells of a staged row, around a cell that needs it, and behind the row. */
const cellSeparator = '\u001f';
const cellQuote = '\u001e';
const rowEnd = '\n';

/** What a cell may only hold within quotes. JSON text never does: it escapes control characters. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const needsQuotes = /[\u001e\u001f\r\n]/;

/** A text as a cell; an absent one is empty, and an empty one is quoted. */
function cellText(text: string | number | boolean | undefined): string {
  if (text === undefined) return '';
  if (typeof text !== 'string') return String(text);
  if (text === '' || needsQuotes.test(text)) {
    return `${cellQuote}${text.replaceAll(cellQuote, cellQuote + cellQuote)}${cellQuote}`;
  }
  return text;
}

/** A row of cells as text. */
function rowText(cells: readonly (string | number | boolean | undefined)[]): string {
  return cells.map(cellText).join(cellSeparator) + rowEnd;
}

/** What DuckDB reads of a file at once, in bytes; more where a row is longer. */
const readBytes = 8 * 1024 * 1024;

/**
 * Options of DuckDB's `read_csv` that read what {@link rowText} writes.
 *
 * @param longestRow bytes of the longest row
 */
function readOptions(longestRow: number): string {
  const lineBytes = Math.max(longestRow + 1, 1024 * 1024);
  return (
    'auto_detect = false, header = false, delim = chr(31), quote = chr(30), escape = chr(30), ' +
    "nullstr = '', allow_quoted_nulls = false, strict_mode = true, new_line = '\\n', null_padding = false, " +
    `max_line_size = ${lineBytes}, buffer_size = ${Math.max(readBytes, 2 * lineBytes)}`
  );
}

export { cellText, readOptions, rowText };
