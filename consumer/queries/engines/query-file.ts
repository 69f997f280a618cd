import { appendFile, stat, truncate } from 'node:fs/promises';
import { sqlText } from '../../archive/dialects/literals';
import type { Database } from '../../archive/store/database';
import type { ResultColumn } from './engine';
import type { LineForm } from './line-sql';
import { formatted, type LineQuery } from './query-lines';
import { subquery } from './subquery';

/** The text around the lines of a file. */
interface LineFrame {
  /** Text before the first line. */
  head: string;
  /** Text between two lines. */
  between: string;
  /** Text after each line. */
  lineEnd: string;
  /** Text after the last line. */
  tail: string;
}

/** A format of lines: their form, and the text around them for these columns. */
interface LineFileFormat {
  form: LineForm;
  frame(columns: readonly ResultColumn[]): LineFrame;
}

/** A format that the engine can write a file in. */
type FileFormat = 'parquet' | LineFileFormat;

/** A query to write to a file. */
interface FileQuery extends LineQuery {
  /** An absolute path. */
  file: string;
}

/** Rows of a row group. The engine has some row groups of Parquet in memory, each with all columns; its default is 122,880. */
const parquetRows = 30_720;

/** Runs a COPY and returns the number of rows. */
function copy(
  database: Database,
  { file, sql, parameters }: FileQuery,
  rows: string,
  options: string,
): Promise<number> {
  return database.copy(
    `COPY (${rows}) TO ${sqlText(file)} (${options}, USE_TMP_FILE false)`,
    parameters,
    sql,
  );
}

/** Replaces what the engine has written after the last line. */
async function endFile(file: string, { between, tail }: LineFrame, rows: number): Promise<void> {
  if (rows > 0 && between !== '') {
    const { size } = await stat(file);
    await truncate(file, size - Buffer.byteLength(between));
  }
  await appendFile(file, tail);
}

async function writeLines(
  database: Database,
  query: FileQuery,
  { form, frame }: LineFileFormat,
): Promise<number | undefined> {
  const found = await formatted(database, query, form);
  if (found === undefined) return undefined;
  const { columns, line, from } = found;
  const around = frame(columns);
  const { head, between, lineEnd } = around;
  const rows = `SELECT encode(${line(lineEnd + between)}) ${from}`;
  // The engine writes the bytes of a BLOB as they are, and in the order of the rows.
  const lines = await copy(
    database,
    query,
    `SELECT encode(${sqlText(head)}) UNION ALL ${rows}`,
    'FORMAT blob, COMPRESSION none',
  );
  await endFile(query.file, around, lines - 1);
  return lines - 1;
}

/**
 * Writes the result of one SELECT, already checked, to a file. Its rows do not leave the engine.
 * @returns the number of rows; undefined for a statement or a type of a column that only JavaScript can format
 */
async function writeQueryFile(
  database: Database,
  query: FileQuery,
  format: FileFormat,
): Promise<number | undefined> {
  if (format !== 'parquet') return writeLines(database, query, format);
  const { sql, parameters, limit } = query;
  const rows = `FROM ${subquery(sql, parameters, { limit })}`;
  return copy(database, query, rows, `FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE ${parquetRows}`);
}

export { type FileFormat, type LineFrame, writeQueryFile };
