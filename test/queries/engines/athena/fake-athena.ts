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

/** The operations that an engine may use; any other is refused. */
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

/** What becomes of a statement: its states one after the other, the last for good, and its result's pages. */
interface Script {
  states: readonly Pick<QueryExecution, 'Status' | 'Statistics'>[];
  pages?: readonly NonNullable<GetQueryResultsOutput['ResultSet']>[];
}

/** A request that was made. */
interface AthenaRequest {
  operation: string;
  input: Readonly<Record<string, unknown>>;
}

/** A statement that was started. */
interface Started extends Script {
  asked: number;
  isStopped: boolean;
}

/**
 * Athena on loopback, as its API says (JSON 1.1): statements go through the states that a script has for
 * them. What it takes and gives is checked against the SDK's model of the API.
 *
 * @see https://docs.aws.amazon.com/athena/latest/APIReference/API_StartQueryExecution.html
 */
class FakeAthena {
  readonly requests: AthenaRequest[] = [];
  /** Errors that answer the next requests of an operation, one each. */
  readonly faults: Partial<Record<Operation, Fault[]>> = {};
  /** What becomes of a statement. */
  script: (sql: string) => Script = () => ({ states: [{ Status: { State: 'SUCCEEDED' } }] });
  /** Called with each operation that is asked for, before it is answered. */
  onRequest: (operation: string) => void = () => {};
  /** What the server itself found wrong with a request or a script. */
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
        throw new Error(`${service}.${operation} is not asked`);
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
      // The SDK makes one; Athena refuses a request without it.
      if (ClientRequestToken.length < 32) throw new Error('ClientRequestToken has 32 letters at least');
      this.started.push({ ...this.script(QueryString), asked: 0, isStopped: false });
      return { QueryExecutionId: `query-${this.started.length}` } satisfies StartQueryExecutionOutput;
    },
    GetQueryExecution: (input) => {
      const started = this.find(input);
      const state = started.states[Math.min(started.asked++, started.states.length - 1)];
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

/** A page of a result as Athena gives it: all values are text, and NULL has none. */
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

/** The pages of a result; the first begins with the names of the columns. */
function pagesOf(
  columns: readonly (readonly [name: string, type: string])[],
  ...pages: readonly (readonly (readonly (string | null)[])[])[]
): NonNullable<Script['pages']> {
  const names = columns.map(([name]) => name);
  return pages.map((rows, index) => page(columns, index === 0 ? [names, ...rows] : rows));
}

/** The states of a statement that ends well. */
function succeeded(DataScannedInBytes = 0): Script['states'] {
  return [{ Status: { State: 'SUCCEEDED' }, Statistics: { DataScannedInBytes } }];
}

export { FakeAthena, type Fault, page, pagesOf, type Script, succeeded };
