/** Returns a text as an SQL literal for DuckDB and Trino. */
function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Returns a time as a value for DuckDB, including times with a five-digit year. */
function sqlTime(time: Date | number): string {
  return `make_timestamp(${Number(time) * 1000})`;
}

/**
 * Returns files as a list for `read_csv` and similar functions. Escapes `*` and `?`, which would be patterns in a name.
 */
function sqlFiles(paths: readonly string[]): string {
  const names = paths.map((path) => sqlText(path.replaceAll(/[*?[]/g, '[$&]')));
  return `[${names.join(', ')}]`;
}

export { sqlFiles, sqlText, sqlTime };
