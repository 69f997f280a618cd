/** A text as an SQL literal, of DuckDB and of Trino. */
function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A time as a value of DuckDB's, also where its year has five digits. */
function sqlTime(time: Date | number): string {
  return `make_timestamp(${Number(time) * 1000})`;
}

/** Files as a list for `read_csv` and its like, which would take `*` and `?` in a name for a pattern. */
function sqlFiles(paths: readonly string[]): string {
  const names = paths.map((path) => sqlText(path.replaceAll(/[*?[]/g, '[$&]')));
  return `[${names.join(', ')}]`;
}

export { sqlFiles, sqlText, sqlTime };
