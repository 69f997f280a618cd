import { setTimeout as wait } from 'node:timers/promises';
import type { Athena, QueryExecution, QueryExecutionState } from '@aws-sdk/client-athena';
import { QueryError } from '../engine';
import { failedQuery, failedRequest, type QueryPlace, stoppedQuery } from './athena-error';

/** A statement that was sent to Athena, as far as is known of it. */
interface Execution {
  readonly queryId: string;
  state: QueryExecutionState;
  scannedBytes: number;
}

/** A query was given up and could not be stopped: it may run on, and is paid for. */
class StillRunningError extends QueryError {}

interface ExecutionOptions {
  place: QueryPlace;
  signal?: AbortSignal | undefined;
  /** Takes the statement once it is started. */
  executions: Execution[];
}

/** Milliseconds before a state is asked for again: 100, half as much more each time, at most five seconds. */
function pollDelay(asked: number): number {
  return Math.min(5000, 100 * 1.5 ** asked);
}

async function start(client: Athena, sql: string, place: QueryPlace): Promise<string> {
  try {
    const { QueryExecutionId } = await client.startQueryExecution({
      QueryString: sql,
      WorkGroup: place.workgroup,
      QueryExecutionContext: { Catalog: place.catalog, Database: place.database },
    });
    if (QueryExecutionId === undefined) throw new Error('the answer has no QueryExecutionId');
    return QueryExecutionId;
  } catch (error) {
    throw failedRequest(error, place);
  }
}

/** Asks for a statement's state until it has ended. */
async function finish(
  client: Athena,
  execution: Execution,
  { place, signal }: ExecutionOptions,
): Promise<QueryExecution> {
  const { queryId } = execution;
  for (let asked = 0; ; asked++) {
    await wait(pollDelay(asked), undefined, signal && { signal });
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

/** Stops a statement of which nobody waits for the end; it would be paid for. */
async function stop(client: Athena, execution: Execution): Promise<void> {
  await client.stopQueryExecution({ QueryExecutionId: execution.queryId });
  execution.state = 'CANCELLED';
}

/**
 * Runs a statement in Athena to its end. One that is given up, because the signal says so or because its
 * state cannot be asked for, is stopped.
 *
 * @throws {QueryError} when it cannot be started, fails, or was stopped
 * @throws {StillRunningError} when it was given up and could not be stopped
 */
async function execute(client: Athena, sql: string, options: ExecutionOptions): Promise<Execution> {
  const { place, signal } = options;
  if (signal?.aborted) throw new QueryError('the query was stopped before it was sent');
  // Not to be aborted: a query of which the id is not known could not be stopped.
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
      throw new StillRunningError(`the query could not be stopped and may run on: ${why}`, {
        cause: failure,
      });
    }
    throw failure;
  }
  if (execution.state !== 'SUCCEEDED') throw failedQuery(queryId, ended, place);
  return execution;
}

export { type Execution, execute, pollDelay, StillRunningError };
