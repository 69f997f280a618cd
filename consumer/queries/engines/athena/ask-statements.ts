import type { QueryResult } from '../engine';
import type { AthenaEngine, AthenaResult } from './athena-engine';
import { StillRunningError } from './execution';
import type { Statements } from './statements';

/** Lines that are not event-publishing records. Answers of Athena do not include them. */
interface UnreadableLines {
  /** Number of distinct lines. */
  lines: number;
  /** Number of objects in which they were first found. */
  objects: number;
}

/** An answer of Athena, with the number of lines that it does not include. */
interface AthenaAnswer extends AthenaResult {
  unreadable: UnreadableLines;
}

async function countedLines({ rows }: QueryResult): Promise<UnreadableLines> {
  for await (const [row = []] of rows) return { lines: Number(row[0]), objects: Number(row[1]) };
  return { lines: 0, objects: 0 };
}

/**
 * Requests an answer and the number of unreadable lines in the same partitions, concurrently. If one of the
 * two fails, the other is stopped.
 *
 * @example
 * ```ts
 * const { rows, unreadable } = await askStatements(engine, questionStatements(question, { since }));
 * ```
 * @throws {QueryError} when one of the two fails
 */
async function askStatements(engine: AthenaEngine, statements: Statements): Promise<AthenaAnswer> {
  const abort = new AbortController();
  const failures: unknown[] = [];
  const run = async <Result>(sql: string, read: (result: AthenaResult) => Result) => {
    try {
      return await read(await engine.query(sql, abort.signal));
    } catch (error) {
      failures.push(error);
      abort.abort();
      return undefined;
    }
  };
  const [answer, unreadable] = await Promise.all([
    run(statements.answer, (result) => result),
    run(statements.unreadable, countedLines),
  ]);
  if (answer === undefined || unreadable === undefined) {
    // The first failure is the cause. A statement that is still running and costs money takes precedence.
    throw failures.find((failure) => failure instanceof StillRunningError) ?? failures[0];
  }
  return { ...answer, unreadable };
}

export { askStatements, type UnreadableLines };
