import { setTimeout as wait } from 'node:timers/promises';
import type { Athena, QueryExecution, QueryExecutionState } from '@aws-sdk/client-athena';
import { QueryError } from '../engine';
import { failedQuery, failedRequest, type QueryPlace, stoppedQuery } from './athena-error';

/** A statement that was sent to Athena, with its latest known state. */
interface Execution {
  readonly queryId: string;
  state: QueryExecutionState;
  scannedBytes: number;
}

/** Thrown for an abandoned query that could not be stopped. It may continue to run, at a cost. */
class StillRunningError extends QueryError {}

interface ExecutionOptions {
  place: QueryPlace;
  signal?: AbortSignal | undefined;
  /** Receives the statement when it is started. */
  executions: Execution[];
}

/**
 * Returns the milliseconds before the next poll of a state: 100, then 1.5 times as long each time, at most 5
 * s.
 */
function pollDelay(polls: number): number {
  return Math.min(5000, 100 * 1.5 ** polls);
}

async function start(client: Athena, sql: string, place: QueryPlace): Promise<string> {
  try {
    const { QueryExecutionId } = await client.startQueryExecution({
      QueryString: sql,
      WorkGroup: place.workgroup,
      QueryExecutionContext: { Catalog: place.catalog, Database: place.database },
    });
    if (QueryExecutionId === undefined) throw new Error('the response has no QueryExecutionId');
    return QueryExecutionId;
  } catch (error) {
    throw failedRequest(error, place);
  }
}

/** Polls the state of a statement until it ends. */
async function finish(
  client: Athena,
  execution: Execution,
  { place, signal }: ExecutionOptions,
): Promise<QueryExecution> {
  const { queryId } = execution;
  for (let polls = 0; ; polls++) {
    await wait(pollDelay(polls), undefined, signal && { signal });
    const { QueryExecution: found = {} } = await client
      .getQueryExecution({ QueryExecutionId: queryId }, signal && { abortSignal: signal })
      .catch((error: unknown) => {
        throw signal?.aborted ? error : failedRequest(error, place, queryId);
      });
    execution.state = found.Status?.State ?? execution.state;
    execution.scannedBytes = found.Statistics?.DataScannedInBytes ?? execution.scannedBytes;
    if (execution.state !== 'QUEUED' && execution.state !== 'RUNNING') return found;
  }
}

/** Stops a statement whose result is not required, because it would incur costs. */
async function stop(client: Athena, execution: Execution): Promise<void> {
  await client.stopQueryExecution({ QueryExecutionId: execution.queryId });
  execution.state = 'CANCELLED';
}

/**
 * Runs a statement in Athena to its end. Stops it on the signal, or when its state cannot be polled.
 *
 * @throws {QueryError} when it cannot be started, fails, or was stopped
 * @throws {StillRunningError} when it was abandoned and could not be stopped
 */
async function execute(client: Athena, sql: string, options: ExecutionOptions): Promise<Execution> {
  const { place, signal } = options;
  if (signal?.aborted) throw new QueryError('the query was stopped before it was sent');
  // Not aborted by the signal: without its id, a started query could not be stopped.
  const queryId = await start(client, sql, place);
  const execution: Execution = { queryId, state: 'QUEUED', scannedBytes: 0 };
  options.executions.push(execution);
  let ended: QueryExecution;
  try {
    ended = await finish(client, execution, options);
  } catch (error) {
    const failure = signal?.aborted ? stoppedQuery(queryId) : error;
    try {
      await stop(client, execution);
    } catch (cause) {
      const why = failedRequest(cause, place, queryId).message;
      throw new StillRunningError(`the query could not be stopped and may still be running: ${why}`, {
        cause: failure,
      });
    }
    throw failure;
  }
  if (execution.state !== 'SUCCEEDED') throw failedQuery(queryId, ended, place);
  return execution;
}

export { type Execution, execute, pollDelay, StillRunningError };
