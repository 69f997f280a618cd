import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import type { GetQueryExecutionOutput, GetQueryResultsOutput } from '@aws-sdk/client-athena';
import type { Trino, TrinoResult } from './trino';
import { trinoForm } from './trino-form';

/** A statement with its result, or the reason for its failure. */
interface Executed {
  result?: TrinoResult;
  reason?: string;
}

/** Converts a value to the form of Athena: text, or no text for NULL. */
function datum(value: unknown): { VarCharValue?: string } {
  if (value === null || value === undefined) return {};
  return { VarCharValue: typeof value === 'object' ? JSON.stringify(value) : String(value) };
}

/** Maximum number of rows per page in Athena, including the row of column names. */
const pageRows = 1000;

/**
 * The API of Athena over a Trino server, the engine of Athena. Tests can run the command itself against it. It
 * only has the operations that the command calls.
 *
 * @see https://docs.aws.amazon.com/athena/latest/APIReference/API_Operations.html
 */
class AthenaOnTrino {
  /** The received statements, in order. */
  readonly statements: string[] = [];
  private readonly executed: Executed[] = [];
  private readonly server = createServer((request, response) => void this.answer(request, response));

  private constructor(private readonly trino: Trino) {}

  static async start(trino: Trino): Promise<AthenaOnTrino> {
    const athena = new AthenaOnTrino(trino);
    await new Promise<void>((resolve) => athena.server.listen(0, '127.0.0.1', resolve));
    return athena;
  }

  get endpoint(): string {
    const { port } = this.server.address() as AddressInfo; // it listens on a port
    return `http://127.0.0.1:${port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const operation = String(request.headers['x-amz-target']).split('.')[1];
    const input = (await json(request)) as Record<string, string>; // what the client of the SDK sends
    const send = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
    try {
      send(200, this.run(operation, input));
    } catch (error) {
      send(400, { __type: 'InvalidRequestException', Message: String(error) });
    }
  }

  private async execute(sql: string, executed: Executed): Promise<void> {
    try {
      for (const statement of trinoForm(sql)) executed.result = await this.trino.query(statement);
    } catch (error) {
      executed.reason = String(error);
    }
  }

  private run(operation: string | undefined, input: Readonly<Record<string, string>>): object {
    if (operation === 'StartQueryExecution') {
      const sql = input.QueryString ?? '';
      this.statements.push(sql);
      const executed: Executed = {};
      void this.execute(sql, executed);
      return { QueryExecutionId: String(this.executed.push(executed) - 1) };
    }
    if (operation === 'StopQueryExecution') return {}; // the statement continues, and its result is not used
    const { result, reason } = this.executed[Number(input.QueryExecutionId)] ?? {};
    if (operation === 'GetQueryExecution') {
      const State = reason !== undefined ? 'FAILED' : result !== undefined ? 'SUCCEEDED' : 'RUNNING';
      return {
        QueryExecution: {
          Status: { State, ...(reason !== undefined && { StateChangeReason: reason }) },
          Statistics: { DataScannedInBytes: 0 },
        },
      } satisfies GetQueryExecutionOutput;
    }
    if (operation !== 'GetQueryResults' || result === undefined)
      throw new Error(`${operation} is not supported`);
    const { columns = [], rows, updateCount } = result;
    const all = [columns.map(({ name }) => name), ...rows];
    const from = Number(input.NextToken ?? 0);
    const to = from + pageRows;
    return {
      ...(updateCount !== undefined && { UpdateCount: updateCount }),
      ResultSet: {
        // Athena names a type without its precision.
        ResultSetMetadata: {
          ColumnInfo: columns.map(({ name, type }) => ({ Name: name, Type: type.replace(/\(.*/, '') })),
        },
        Rows: all.slice(from, to).map((row) => ({ Data: row.map(datum) })),
      },
      ...(to < all.length && { NextToken: String(to) }),
    } satisfies GetQueryResultsOutput;
  }
}

export { AthenaOnTrino };
