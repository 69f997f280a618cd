import { sqlFiles } from '../dialects/literals';
import { StagedRowsError } from '../store/archive-error';
import type { Database } from '../store/database';
import { reserveMemoryForRows } from '../store/engine-memory';
import { RowFile, type StagedFile } from './row-file';
import type { StagedColumn } from './staged-columns';

/**
 * The way to read staged files. `fast` relies on the figures of a file. `careful` reads row by row, at any length, for
 * rows that the fast way has lost.
 */
type ReadMode = 'fast' | 'careful';

/** Bytes of a file that DuckDB reads at once; more when a row is longer. */
const readBytes = 8 * 1024 * 1024;

/**
 * Files with longer rows are read by a single thread. DuckDB's parallel reader loses rows, or fails, when a row is
 * longer than a quarter of the bytes that it reads at once.
 */
const narrowRowBytes = readBytes / 8;

/** The careful way expects rows up to this number of bytes in any file. */
const carefulRowBytes = 32 * 1024 * 1024;

function csvQuery(
  columns: readonly StagedColumn[],
  files: readonly StagedFile[],
  { isParallel, rowBytes }: { isParallel: boolean; rowBytes: number },
): string {
  const types = columns.map(({ name, readAs }) => `"${name}": '${readAs}'`).join(', ');
  const lineBytes = Math.max(rowBytes + 1, narrowRowBytes);
  return (
    `SELECT * FROM read_csv(${sqlFiles(files.map(({ path }) => path))}, ` +
    'auto_detect = false, header = false, delim = chr(31), quote = chr(30), escape = chr(30), ' +
    "nullstr = '', allow_quoted_nulls = false, strict_mode = true, new_line = '\\n', null_padding = false, " +
    `max_line_size = ${lineBytes}, buffer_size = ${Math.max(readBytes, 2 * lineBytes)}, parallel = ${isParallel}, ` +
    `columns = {${types}})`
  );
}

function fileQueries(
  columns: readonly StagedColumn[],
  files: readonly StagedFile[],
  mode: ReadMode,
): string[] {
  const longest = Math.max(...files.map(({ longestRow }) => longestRow));
  if (mode === 'careful') {
    const rowBytes = Math.max(longest, carefulRowBytes);
    return files.map((file) => csvQuery(columns, [file], { isParallel: false, rowBytes }));
  }
  const narrow = files.filter(({ longestRow }) => longestRow <= narrowRowBytes);
  const wide = files.filter(({ longestRow }) => longestRow > narrowRowBytes);
  return [
    ...(narrow.length === 0
      ? []
      : [csvQuery(columns, narrow, { isParallel: true, rowBytes: narrowRowBytes })]),
    ...(wide.length === 0 ? [] : [csvQuery(columns, wide, { isParallel: false, rowBytes: longest })]),
  ];
}

/** A query of staged files, at least one. It converts every column to its type in the table. */
function stagedRows(
  columns: readonly StagedColumn[],
  files: readonly StagedFile[],
  mode: ReadMode = 'fast',
): string {
  const list = columns.map(({ expression, name }) => `${expression} AS "${name}"`).join(', ');
  return `(SELECT ${list} FROM (${fileQueries(columns, files, mode).join(' UNION ALL ')}))`;
}

/**
 * Loads a file of staged rows into a temporary table. Without a file, the table is empty.
 * @throws {StagedRowsError} when not every row has arrived
 */
async function loadRows(
  database: Database,
  table: string,
  columns: readonly StagedColumn[],
  file: StagedFile | undefined,
): Promise<void> {
  if (file === undefined) {
    const nulls = columns.map(({ name, readAs }) => `NULL::${readAs} AS "${name}"`).join(', ');
    const list = columns.map(({ name, expression }) => `${expression} AS "${name}"`).join(', ');
    await database.run(
      `CREATE OR REPLACE TEMP TABLE ${table} AS SELECT ${list} FROM (SELECT ${nulls} WHERE false)`,
    );
    return;
  }
  await reserveMemoryForRows(database, file.heaviestVector);
  await database.run(`CREATE OR REPLACE TEMP TABLE ${table} AS FROM ${stagedRows(columns, [file])}`);
  const loaded = await database.count(table);
  if (loaded !== file.rows)
    throw new StagedRowsError(`expected ${file.rows} changed rows for ${table}, but read ${loaded}`);
}

/** Rows that are written into a file one by one, and then loaded into a temporary table. */
class StagedTable {
  private readonly file: RowFile;
  /** Number of added rows. */
  count = 0;

  constructor(
    folder: string,
    private readonly name: string,
    private readonly columns: readonly StagedColumn[],
  ) {
    this.file = new RowFile(folder, name);
  }

  add(cells: readonly (string | number | undefined)[]): void {
    this.count++;
    this.file.write(cells);
  }

  /** Creates the table, empty if no row was added. */
  async load(database: Database): Promise<void> {
    await loadRows(database, this.name, this.columns, this.file.close());
  }
}

export { loadRows, type ReadMode, StagedTable, stagedRows };
