import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import type {
  GetQueryExecutionOutput,
  GetQueryResultsOutput,
  QueryExecution,
  StartQueryExecutionInput,
  StartQueryExecutionOutput,
} from '@aws-sdk/client-athena';
import { checkShape } from './api-model';

/** The supported operations. */
const operations = [
  'StartQueryExecution',
  'GetQueryExecution',
  'GetQueryResults',
  'StopQueryExecution',
] as const;

type Operation = (typeof operations)[number];

/** An error of the service. */
interface Fault {
  type: string;
  message: string;
  /** @default 400 */
  status?: number;
}

/** The successive states of a statement, the last of which is final, and the pages of its result. */
interface Script {
  states: readonly Pick<QueryExecution, 'Status' | 'Statistics'>[];
  pages?: readonly NonNullable<GetQueryResultsOutput['ResultSet']>[];
}

/** A received request. */
interface AthenaRequest {
  operation: string;
  input: Readonly<Record<string, unknown>>;
}

/** A started statement. */
interface Started extends Script {
  polls: number;
  isStopped: boolean;
}

/**
 * A fake Athena on loopback with the real protocol (JSON 1.1). Statements have the states of a script. Inputs
 * and outputs are checked against the SDK's model of the API.
 *
 * @see https://docs.aws.amazon.com/athena/latest/APIReference/API_StartQueryExecution.html
 */
class FakeAthena {
  readonly requests: AthenaRequest[] = [];
  /** Errors that answer the next requests of an operation, one each. */
  readonly faults: Partial<Record<Operation, Fault[]>> = {};
  /** Returns the script of a statement. */
  script: (sql: string) => Script = () => ({ states: [{ Status: { State: 'SUCCEEDED' } }] });
  /** Called with the operation of each request, before the response. */
  onRequest: (operation: string) => void = () => {};
  /** Errors that the server found in requests and scripts. */
  readonly mistakes: string[] = [];
  private readonly started: Started[] = [];
  private readonly server = createServer((request, response) => void this.answer(request, response));

  static async start(): Promise<FakeAthena> {
    const athena = new FakeAthena();
    await new Promise<void>((resolve) => athena.server.listen(0, '127.0.0.1', resolve));
    return athena;
  }

  get endpoint(): string {
    const { port } = this.server.address() as AddressInfo; // it listens on a port
    return `http://127.0.0.1:${port}`;
  }

  /** The inputs of the requests of an operation. */
  inputs(operation: Operation): AthenaRequest['input'][] {
    return this.requests.filter((request) => request.operation === operation).map(({ input }) => input);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [service, operation = ''] = String(request.headers['x-amz-target']).split('.');
    const input = (await json(request)) as AthenaRequest['input']; // checked next
    this.requests.push({ operation, input });
    this.onRequest(operation);
    const send = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
    try {
      const known = operations.find((name) => name === operation);
      if (service !== 'AmazonAthena' || known === undefined)
        throw new Error(`${service}.${operation} is not supported`);
      if (request.headers['content-type'] !== 'application/x-amz-json-1.1')
        throw new Error('the protocol is JSON 1.1');
      checkShape(operation, 'input', input);
      const fault = this.faults[known]?.shift();
      if (fault !== undefined) {
        send(fault.status ?? 400, { __type: fault.type, Message: fault.message });
        return;
      }
      const output = this.outputs[known](input);
      checkShape(operation, 'output', output);
      send(200, output);
    } catch (error) {
      this.mistakes.push(String(error));
      send(400, { __type: 'InvalidRequestException', Message: String(error) });
    }
  }

  private readonly outputs: Readonly<Record<Operation, (input: AthenaRequest['input']) => object>> = {
    StartQueryExecution: (input) => {
      const { QueryString, ClientRequestToken = '' } = input as unknown as StartQueryExecutionInput; // checked
      if (typeof QueryString !== 'string') throw new Error('QueryString is required');
      // The SDK generates it; Athena rejects a request without it.
      if (ClientRequestToken.length < 32)
        throw new Error('ClientRequestToken must have at least 32 characters');
      this.started.push({ ...this.script(QueryString), polls: 0, isStopped: false });
      return { QueryExecutionId: `query-${this.started.length}` } satisfies StartQueryExecutionOutput;
    },
    GetQueryExecution: (input) => {
      const started = this.find(input);
      const state = started.states[Math.min(started.polls++, started.states.length - 1)];
      const stopped = { Status: { State: 'CANCELLED' } } as const;
      return {
        QueryExecution: {
          QueryExecutionId: String(input.QueryExecutionId),
          ...(started.isStopped ? stopped : state),
        },
      } satisfies GetQueryExecutionOutput;
    },
    GetQueryResults: (input) => {
      const { pages = [] } = this.find(input);
      const page = Number(input.NextToken ?? 0);
      return {
        ResultSet: pages[page] ?? { Rows: [], ResultSetMetadata: { ColumnInfo: [] } },
        ...(page + 1 < pages.length && { NextToken: String(page + 1) }),
      } satisfies GetQueryResultsOutput;
    },
    StopQueryExecution: (input) => {
      this.find(input).isStopped = true;
      return {};
    },
  };

  private find(input: AthenaRequest['input']): Started {
    const found = this.started[Number(String(input.QueryExecutionId).replace('query-', '')) - 1];
    if (found === undefined)
      throw new Error(`QueryExecution ${String(input.QueryExecutionId)} was not found`);
    return found;
  }
}

/** Returns a page of a result in the form of Athena: values are text, and NULL has no text. */
function page(
  columns: readonly (readonly [name: string, type: string])[],
  rows: readonly (readonly (string | null)[])[],
): NonNullable<GetQueryResultsOutput['ResultSet']> {
  return {
    ResultSetMetadata: { ColumnInfo: columns.map(([Name, Type]) => ({ Name, Type })) },
    Rows: rows.map((values) => ({
      Data: values.map((value) => (value === null ? {} : { VarCharValue: value })),
    })),
  };
}

/** Returns the pages of a result. The first begins with the column names. */
function pagesOf(
  columns: readonly (readonly [name: string, type: string])[],
  ...pages: readonly (readonly (readonly (string | null)[])[])[]
): NonNullable<Script['pages']> {
  const names = columns.map(([name]) => name);
  return pages.map((rows, index) => page(columns, index === 0 ? [names, ...rows] : rows));
}

/** Returns the states of a successful statement. */
function succeeded(DataScannedInBytes = 0): Script['states'] {
  return [{ Status: { State: 'SUCCEEDED' }, Statistics: { DataScannedInBytes } }];
}

export { FakeAthena, type Fault, page, pagesOf, type Script, succeeded };
