import type { Athena } from '@aws-sdk/client-athena';
import { trino } from '../../../archive/dialects/trino';
import { type ClientOptions, clientSettings } from '../../../sources/client-settings';
import type { Engine, QueryResult } from '../engine';
import { failedRequest, type QueryPlace, stoppedQuery } from './athena-error';
import { type Execution, execute } from './execution';
import { resultPages } from './result-pages';

/** Where and how to ask Athena. */
interface AthenaOptions extends ClientOptions {
  /** It says where results are kept and how much a query may scan. */
  workgroup: string;
  /** The database of the catalog. */
  database: string;
  /** @default 'AwsDataCatalog' */
  catalog?: string | undefined;
  /** Stops the queries under way, which fail then. */
  signal?: AbortSignal | undefined;
}

const defaultCatalog = 'AwsDataCatalog';

/** Athena allows few requests in a second, and a query is asked about again and again. */
const maxAttempts = 6;

async function athenaClient(options: ClientOptions): Promise<Athena> {
  // Loaded only where Athena is asked: the SDK takes a third of a second.
  const { Athena: Client } = await import('@aws-sdk/client-athena');
  return new Client(clientSettings('ATHENA', options, { maxAttempts }));
}

/** What Athena gives back for one query. */
interface AthenaResult extends QueryResult {
  queryId: string;
  scannedBytes: number;
}

/** Athena as an engine. */
interface AthenaEngine extends Engine {
  /** What was sent so far, the queries under way included; each changes until it has ended. */
  readonly executions: readonly Execution[];
  /**
   * Runs one query to its end; its rows are fetched as they are read.
   *
   * @param signal stops this query, as the engine's own signal stops all
   * @throws {QueryError} when Athena refuses it, it fails, or it was stopped
   */
  query(sql: string, signal?: AbortSignal): Promise<AthenaResult>;
  /** Closes the connections. */
  close(): void;
}

/**
 * Makes an engine of a workgroup and a database of Athena. Nothing is sent before the first query.
 *
 * @example
 * ```ts
 * const engine = await athenaEngine({ workgroup: 'email-events', database: 'email_events' });
 * const { rows } = await engine.query("SELECT count(*) FROM event_lines WHERE dt = '2026-03-01'");
 * for await (const page of rows) console.log(page);
 * engine.close();
 * ```
 */
async function athenaEngine(options: AthenaOptions): Promise<AthenaEngine> {
  const { workgroup, database, catalog = defaultCatalog } = options;
  const place: QueryPlace = { workgroup, database, catalog };
  const client = await athenaClient(options);
  const executions: Execution[] = [];
  return {
    dialect: trino,
    executions,
    async query(sql, ofQuery) {
      const signals = [options.signal, ofQuery].filter((signal) => signal !== undefined);
      const signal = AbortSignal.any(signals);
      const { queryId, scannedBytes } = await execute(client, sql, { place, signal, executions });
      const explain = (error: unknown) =>
        signal.aborted ? stoppedQuery(queryId) : failedRequest(error, place, queryId);
      return { queryId, scannedBytes, ...(await resultPages(client, { queryId, signal, explain })) };
    },
    close: () => client.destroy(),
  };
}

export {
  type AthenaEngine,
  type AthenaOptions,
  type AthenaResult,
  athenaClient,
  athenaEngine,
  defaultCatalog,
};
