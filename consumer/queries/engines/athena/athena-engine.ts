import type { Athena } from '@aws-sdk/client-athena';
import { trino } from '../../../archive/dialects/trino';
import { type ClientOptions, clientSettings } from '../../../sources/client-settings';
import type { EventSource } from '../../iceberg/event-source';
import type { Engine, QueryResult } from '../engine';
import type { PlainValue } from '../plain-value';
import { failedRequest, type QueryPlace, stoppedQuery } from './athena-error';
import { type Execution, execute } from './execution';
import { type ResultPages, resultPages } from './result-pages';

/** The workgroup and the database of Athena, and options of the client. */
interface AthenaOptions extends ClientOptions {
  /** The workgroup, which determines the place of the results and the limit of a query's scan. */
  workgroup: string;
  /** The database of the catalog. */
  database: string;
  /** @default 'AwsDataCatalog' */
  catalog?: string | undefined;
  /**
   * Where answers read events: the lines of the bucket, the Iceberg archive, or both. Both read the archive for the
   * days of arrival that are complete there, and the lines of the other days; without an archive, only the lines.
   * @default 'both'
   */
  source?: EventSource | undefined;
  /** Stops the running queries, which then fail. */
  signal?: AbortSignal | undefined;
}

const defaultCatalog = 'AwsDataCatalog';

/** High, because Athena throttles at few requests per second and each query is polled repeatedly. */
const maxAttempts = 6;

async function athenaClient(options: ClientOptions): Promise<Athena> {
  // Only loaded to query Athena: the SDK takes a third of a second.
  const { Athena: Client } = await import('@aws-sdk/client-athena');
  return new Client(clientSettings('ATHENA', options, { maxAttempts }));
}

/** The result of one query in Athena. */
interface AthenaResult extends ResultPages {
  queryId: string;
  scannedBytes: number;
}

/** Athena as an engine. */
interface AthenaEngine extends Engine {
  /** Where answers read events. */
  readonly source: EventSource;
  /** Whether the options did not name the source. */
  readonly isDefaultSource: boolean;
  /** The statements that were sent so far. Those that are still running change until they end. */
  readonly executions: readonly Execution[];
  /**
   * Runs one query to its end. Its rows are fetched as they are read.
   *
   * @param signal stops this query; the signal of the engine stops all
   * @throws {QueryError} when Athena rejects it, it fails, or it was stopped
   */
  query(sql: string, signal?: AbortSignal): Promise<AthenaResult>;
  /** Closes the connections. */
  close(): void;
}

/**
 * Creates an engine for a workgroup and a database of Athena. Nothing is sent before the first query.
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
  const { workgroup, database, catalog = defaultCatalog, source = 'both' } = options;
  const place: QueryPlace = { workgroup, database, catalog };
  const client = await athenaClient(options);
  const executions: Execution[] = [];
  return {
    dialect: trino,
    source,
    isDefaultSource: options.source === undefined,
    executions,
    async query(sql, querySignal) {
      const signals = [options.signal, querySignal].filter((signal) => signal !== undefined);
      const signal = AbortSignal.any(signals);
      const { queryId, scannedBytes } = await execute(client, sql, { place, signal, executions });
      const explain = (error: unknown) =>
        signal.aborted ? stoppedQuery(queryId) : failedRequest(error, place, queryId);
      return { queryId, scannedBytes, ...(await resultPages(client, { queryId, signal, explain })) };
    },
    close: () => client.destroy(),
  };
}

/** Reads all rows of a result that is known to be small. */
async function readAll({ rows }: QueryResult): Promise<(readonly PlainValue[])[]> {
  const found: (readonly PlainValue[])[] = [];
  for await (const batch of rows) found.push(...batch);
  return found;
}

export {
  type AthenaEngine,
  type AthenaOptions,
  type AthenaResult,
  athenaClient,
  athenaEngine,
  defaultCatalog,
  readAll,
};
