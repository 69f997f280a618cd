/** Characters of East Asian scripts, which are two columns wide. */
const wide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/g;

/** Returns the width of a text in columns. */
const widthOf = (text: string) => text.length + (text.match(wide)?.length ?? 0);

/** Formats a table with aligned columns, as `npm run lint` requires. */
function table(rows: readonly (readonly string[])[]): string {
  const escaped = rows.map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
  const [head = [], ...body] = escaped;
  const widths = head.map((_, column) => Math.max(...escaped.map((row) => widthOf(row[column] ?? ''))));
  const rule = widths.map((width) => '-'.repeat(width));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - widthOf(cell))).join(' | ')} |\n`;
  return [head, rule, ...body].map(line).join('');
}

export { table };
