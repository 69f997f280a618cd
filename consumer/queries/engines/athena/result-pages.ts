import type { Athena, GetQueryResultsOutput, Row } from '@aws-sdk/client-athena';
import type { QueryResult, ResultColumn } from '../engine';
import type { PlainValue } from '../plain-value';
import { athenaValue } from './athena-value';

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

export { resultPages };
