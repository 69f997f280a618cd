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

export { cellText, rowText };
