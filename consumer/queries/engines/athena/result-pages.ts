import type { Athena, GetQueryResultsOutput, Row } from '@aws-sdk/client-athena';
import type { QueryResult, ResultColumn } from '../engine';
import type { PlainValue } from '../plain-value';

const timestamp = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?)(?: (UTC)| ?([+-]\d\d:\d\d))?$/;

/** A time as Athena writes it; one in a named zone stays text, as the zone's offset is not said. */
function timeValue(text: string): PlainValue {
  const [matched, day, clock, , offset = 'Z'] = timestamp.exec(text) ?? [];
  const time = new Date(`${day}T${clock}${offset}`);
  return matched === undefined || Number.isNaN(time.getTime()) ? text : time;
}

/** A list's items as text: Athena writes `[a, b]` without quotes, so an item with `, ` in it becomes two. */
function listValue(text: string): PlainValue {
  if (!text.startsWith('[') || !text.endsWith(']')) return text;
  return text === '[]' ? [] : text.slice(1, -1).split(', ');
}

function integerValue(text: string): PlainValue {
  return Number.isSafeInteger(Number(text)) ? Number(text) : text;
}

/**
 * A value of a result, which is text for all types, made plain as the values of the other engine are: an
 * integer is a number, or text where a number would round it; a timestamp a Date, a day `2026-03-01`, bytes
 * base64, an array a list of texts. A row or map stays as Athena writes it.
 *
 * @param text undefined for NULL
 * @param type the column's type as Athena calls it
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

/** What the pages of a result are asked with. */
interface PageRequest {
  queryId: string;
  signal?: AbortSignal | undefined;
  /** Puts into words what a request fails with. */
  explain(error: unknown): unknown;
}

/** Whether a row is the one of column names that a SELECT's result begins with. */
function isHeader({ Data = [] }: Row, columns: readonly ResultColumn[]): boolean {
  return columns.length > 0 && columns.every(({ name }, index) => Data[index]?.VarCharValue === name);
}

/**
 * A result, page after page as it is read; the row of column names is left out.
 *
 * @see https://docs.aws.amazon.com/athena/latest/APIReference/API_GetQueryResults.html
 */
async function resultPages(client: Athena, request: PageRequest): Promise<QueryResult> {
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
  return { columns, rows: rows() };
}

export { athenaValue, resultPages };
