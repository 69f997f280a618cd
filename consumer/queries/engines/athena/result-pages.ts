import type { Athena, GetQueryResultsOutput, Row } from '@aws-sdk/client-athena';
import type { QueryResult, ResultColumn } from '../engine';
import type { PlainValue } from '../plain-value';

const timestamp = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?)(?: (UTC)| ?([+-]\d\d:\d\d))?$/;

/**
 * Parses a time in the format of Athena. A time in a named zone remains text, because its offset is unknown.
 */
function timeValue(text: string): PlainValue {
  const [matched, day, clock, , offset = 'Z'] = timestamp.exec(text) ?? [];
  const time = new Date(`${day}T${clock}${offset}`);
  return matched === undefined || Number.isNaN(time.getTime()) ? text : time;
}

/**
 * Splits a list into text items. Athena writes `[a, b]` without quotes, so an item that contains `, ` becomes
 * two.
 */
function listValue(text: string): PlainValue {
  if (!text.startsWith('[') || !text.endsWith(']')) return text;
  return text === '[]' ? [] : text.slice(1, -1).split(', ');
}

function integerValue(text: string): PlainValue {
  return Number.isSafeInteger(Number(text)) ? Number(text) : text;
}

/**
 * Converts a value of a result, which is text for all types, to a plain value as in DuckDB:
 * - an integer is a number, or text if a number would round it;
 * - a timestamp is a Date, a day is `2026-03-01`, bytes are base64;
 * - an array is a list of texts;
 * - a row or map remains in the format of Athena.
 *
 * @param text undefined for NULL
 * @param type the type of the column, in the spelling of Athena
 * @see https://docs.aws.amazon.com/athena/latest/APIReference/API_Datum.html
 */
function athenaValue(text: string | undefined, type: string): PlainValue {
  if (text === undefined) return null;
  switch (type) {
    case 'tinyint':
    case 'smallint':
    case 'integer':
    case 'bigint':
      return integerValue(text);
    case 'float':
    case 'real':
    case 'double':
    case 'decimal':
      return Number(text);
    case 'boolean':
      return text === 'true';
    case 'timestamp':
    case 'timestamp with time zone':
      return timeValue(text);
    case 'array':
      return listValue(text);
    case 'varbinary':
      return Buffer.from(text.replaceAll(/\s/g, ''), 'hex').toString('base64');
    default:
      return text;
  }
}

/** The parameters of the request for a page. */
interface PageRequest {
  queryId: string;
  signal?: AbortSignal | undefined;
  /** Converts the error of a request. */
  explain(error: unknown): unknown;
}

/** The result of a statement. */
interface ResultPages extends QueryResult {
  /** Rows that the statement has changed; undefined for one that only reads. */
  updatedRows: number | undefined;
}

/** Checks whether a row contains the column names. The result of a SELECT begins with such a row. */
function isHeader({ Data = [] }: Row, columns: readonly ResultColumn[]): boolean {
  return columns.length > 0 && columns.every(({ name }, index) => Data[index]?.VarCharValue === name);
}

/**
 * Returns a result whose pages are fetched as they are read, without the row of column names.
 *
 * @see https://docs.aws.amazon.com/athena/latest/APIReference/API_GetQueryResults.html
 */
async function resultPages(client: Athena, request: PageRequest): Promise<ResultPages> {
  const { queryId, signal, explain } = request;
  const page = async (token?: string): Promise<GetQueryResultsOutput> => {
    try {
      const input = { QueryExecutionId: queryId, ...(token !== undefined && { NextToken: token }) };
      return await client.getQueryResults(input, signal && { abortSignal: signal });
    } catch (error) {
      throw explain(error);
    }
  };
  const first = await page();
  const columns = (first.ResultSet?.ResultSetMetadata?.ColumnInfo ?? []).map(
    ({ Name: name = '', Type: type = 'varchar' }): ResultColumn => ({ name, type }),
  );
  const plain = ({ Data = [] }: Row): PlainValue[] =>
    columns.map(({ type }, index) => athenaValue(Data[index]?.VarCharValue, type));

  async function* rows(): AsyncGenerator<PlainValue[][], void> {
    let { ResultSet, NextToken } = first;
    let [header, ...found] = ResultSet?.Rows ?? [];
    if (header !== undefined && !isHeader(header, columns)) found = [header, ...found];
    for (;;) {
      if (found.length > 0) yield found.map(plain);
      if (NextToken === undefined) return;
      ({ ResultSet, NextToken } = await page(NextToken));
      found = ResultSet?.Rows ?? [];
    }
  }
  return { columns, rows: rows(), updatedRows: first.UpdateCount };
}

export { athenaValue, type ResultPages, resultPages };
