import type { QueryResult } from '../engine';
import type { AthenaEngine, AthenaResult } from './athena-engine';
import { StillRunningError } from './execution';
import type { Statements } from './statements';

/** Lines that are no event-publishing record: no answer of Athena takes them into account. */
interface UnreadableLines {
  /** Each text once. */
  lines: number;
  /** In how many objects they were first found. */
  objects: number;
}

/** An answer of Athena, with what it could not take into account. */
interface AthenaAnswer extends AthenaResult {
  unreadable: UnreadableLines;
}

async function countedLines({ rows }: QueryResult): Promise<UnreadableLines> {
  for await (const [row = []] of rows) return { lines: Number(row[0]), objects: Number(row[1]) };
  return { lines: 0, objects: 0 };
}

/**
 * Asks for an answer, and how many lines of the same partitions are no events, at once. Where one of the two
 * fails the other is stopped.
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
    // The first is why the other was stopped; that one runs on and costs money weighs more.
    throw failures.find((failure) => failure instanceof StillRunningError) ?? failures[0];
  }
  return { ...answer, unreadable };
}

export { askStatements, type UnreadableLines };
