import { sqlText } from '../../archive/dialects/literals';
import { csvCellSql } from '../../archive/export/csv-cell';
import { engineJsonSql, jsonArraySql, jsonStringSql } from '../../archive/export/text-sql';
import type { ResultColumn } from './engine';
import { jsonNumberSql, numberSql } from './number-sql';
import { daySql, timestampSql } from './time-sql';

/** The form of a row on its line: cells of CSV, or an object of JSON. */
type LineForm = 'csv' | 'json';

/**
 * How the engine writes a value. It evaluates an expression again wherever it occurs in a CASE, so a column has the first
 * one.
 */
interface Steps {
  /** Returns the SQL for the value as text, NULL for NULL. */
  first: (value: string) => string;
  /** Returns the SQL for the text as it is on the line, of a value that is not NULL. By default it is unchanged. */
  finish?: (text: string, value: string) => string;
}

type Writer = Readonly<Record<LineForm, Steps>>;

/** A text that can have any characters. */
const anyText = (first: Steps['first']): Writer => ({
  csv: { first, finish: csvCellSql },
  json: {
    first: (value) => engineJsonSql(first(value)),
    finish: (json, value) => jsonStringSql(first(value), json),
  },
});

/** A text without characters that JSON escapes. */
const plainText = (first: Steps['first']): Writer => ({
  csv: { first, finish: csvCellSql },
  json: { first, finish: (text) => `concat('"', ${text}, '"')` },
});

const asText = (value: string) => `${value}::VARCHAR`;
const unchanged: Writer = { csv: { first: asText }, json: { first: asText } };

/** The largest integers that JavaScript does not round. Others are text, as in `plainValue`. */
const safe = String(Number.MAX_SAFE_INTEGER);

const bigInteger: Writer = {
  csv: {
    first: (value) => `CASE WHEN ${value} < -${safe} THEN concat('''', ${value}) ELSE ${asText(value)} END`,
  },
  json: {
    first: (value) =>
      `CASE WHEN ${value} NOT BETWEEN -${safe} AND ${safe} THEN concat('"', ${value}, '"') ELSE ${asText(value)} END`,
  },
};

const asDouble = (value: string) => `${value}::DOUBLE`;
const number: Writer = {
  csv: { first: (value) => numberSql(asDouble(value)) },
  json: { first: (value) => jsonNumberSql(asDouble(value)) },
};

const texts: Writer = {
  csv: { first: (value) => jsonArraySql(value), finish: csvCellSql },
  json: { first: engineJsonSql, finish: (json, value) => jsonArraySql(value, json) },
};

/** Types without parameters that the engine can write. */
const writers: Readonly<Record<string, Writer>> = {
  VARCHAR: anyText((value) => value),
  JSON: anyText(asText),
  UUID: plainText(asText),
  BLOB: plainText((value) => `base64(${value})`),
  'VARCHAR[]': texts,
  BOOLEAN: unchanged,
  TINYINT: unchanged,
  SMALLINT: unchanged,
  INTEGER: unchanged,
  UTINYINT: unchanged,
  USMALLINT: unchanged,
  UINTEGER: unchanged,
  BIGINT: bigInteger,
  UBIGINT: bigInteger,
  HUGEINT: bigInteger,
  UHUGEINT: bigInteger,
  FLOAT: number,
  DOUBLE: number,
  DATE: plainText(daySql),
  TIMESTAMP: plainText(timestampSql),
  'TIMESTAMP WITH TIME ZONE': plainText((value) => timestampSql(`(${value} AT TIME ZONE 'UTC')`)),
};

/** Returns how to write a type; undefined if only JavaScript can write it. */
function writerOf(type: string): Writer | undefined {
  if (/^ENUM\(.*\)$/s.test(type)) return anyText(asText);
  return /^DECIMAL\(\d+,\d+\)$/.test(type) ? number : writers[type];
}

/** The parts of a query of lines. */
interface LineSql {
  /** Names of the columns of the rows. */
  names: readonly string[];
  /** The columns to select from the rows. */
  select: string;
  /** Returns the line with a text after it, as an expression over the selected columns. */
  line(end: string): string;
}

/**
 * Returns the SQL for rows as lines, with the same bytes as JavaScript writes for the values of `plainValue`; undefined if
 * a column has a type that only JavaScript can write.
 */
function lineSql(columns: readonly ResultColumn[], form: LineForm): LineSql | undefined {
  const names = columns.map((_, index) => `c${index}`);
  const [select, parts]: [string[], string[]] = [[...names], []];
  for (const [index, { name, type }] of columns.entries()) {
    const steps = writerOf(type)?.[form];
    if (steps === undefined) return undefined;
    const { first, finish = (text: string) => text } = steps;
    const [value, text] = [`c${index}`, `t${index}`];
    select.push(`${first(value)} AS ${text}`);
    const written = finish(text, value);
    if (form === 'csv') parts.push(...(index === 0 ? [] : ["','"]), written);
    else
      parts.push(
        sqlText(`${index === 0 ? '{' : ','}${JSON.stringify(name)}:`),
        `CASE WHEN ${text} IS NULL THEN 'null' ELSE ${written} END`,
      );
  }
  return {
    names,
    select: select.join(', '),
    line: (end) => `concat(${parts.join(', ')}, ${sqlText(form === 'json' ? `}${end}` : end)})`,
  };
}

export { type LineForm, lineSql };
