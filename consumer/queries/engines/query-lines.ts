import type { Database, TextParameters } from '../../archive/store/database';
import { explainDuckDb } from './duckdb-error';
import type { ResultColumn } from './engine';
import { type LineForm, lineSql } from './line-sql';
import { subquery } from './subquery';

/** The result of a query as lines. They are fetched as they are read. */
interface QueryLines {
  columns: readonly ResultColumn[];
  /** Some thousand lines at a time, each in UTF-8 and without a line break at its end. */
  lines: AsyncIterable<readonly Uint8Array[]>;
}

/** Numbers equal names from the second on, as the client does for rows: `a`, `a:1`. */
function distinctNames(columns: readonly ResultColumn[]): ResultColumn[] {
  const counts = new Map<string, number>();
  return columns.map(({ name, type }) => {
    const count = counts.get(name) ?? 0;
    counts.set(name, count + 1);
    return { name: count === 0 ? name : `${name}:${count}`, type };
  });
}

/** Returns the columns of a query; undefined for one that the engine cannot describe, such as an EXPLAIN. */
async function describe(
  database: Database,
  sql: string,
  parameters: TextParameters,
): Promise<ResultColumn[] | undefined> {
  const rows = await database
    .rows<{ column_name: string; column_type: string }>(`DESCRIBE\n${sql}`, parameters)
    .catch(() => undefined);
  return rows && distinctNames(rows.map((row) => ({ name: row.column_name, type: row.column_type })));
}

async function* linesOf(
  database: Database,
  statement: string,
  sql: string,
  parameters: TextParameters,
): AsyncGenerator<readonly Uint8Array[], void> {
  try {
    for await (const chunk of database.chunks(statement, parameters, sql)) {
      const line = chunk.blobs(0);
      yield Array.from({ length: chunk.rows }, (_, row) => line(row));
    }
  } catch (error) {
    throw explainDuckDb(error, sql, 'running');
  }
}

/** A query whose rows become lines. */
interface LineQuery {
  sql: string;
  parameters: TextParameters;
  /**
   * Maximum number of rows.
   * @default - all
   */
  limit?: number | undefined;
}

/** The rows of a query as lines. */
interface Formatted {
  columns: readonly ResultColumn[];
  /** Returns the line with a text after it, as an expression over `from`. */
  line(end: string): string;
  from: string;
}

/**
 * Returns the SQL for the rows of one SELECT as lines.
 * @returns undefined for a statement or a type of a column that only JavaScript can format
 */
async function formatted(
  database: Database,
  { sql, parameters, limit }: LineQuery,
  form: LineForm,
): Promise<Formatted | undefined> {
  const columns = await describe(database, sql, parameters);
  const written = columns && lineSql(columns, form);
  if (columns === undefined || written === undefined) return undefined;
  const { names, select, line } = written;
  const rows = `SELECT ${select} FROM ${subquery(sql, parameters, { names, limit })}`;
  return { columns, line, from: `FROM (${rows})` };
}

/**
 * Runs one SELECT, already checked, whose rows the engine formats as lines.
 * @returns undefined as from {@link formatted}
 */
async function queryLines(
  database: Database,
  query: LineQuery,
  form: LineForm,
): Promise<QueryLines | undefined> {
  const found = await formatted(database, query, form);
  if (found === undefined) return undefined;
  const { columns, line, from } = found;
  const { sql, parameters } = query;
  return { columns, lines: linesOf(database, `SELECT encode(${line('')}) ${from}`, sql, parameters) };
}

export { formatted, type LineQuery, type QueryLines, queryLines };
