import type { Dialect } from '../../archive/dialects/dialect';
import type { PlainValue } from './plain-value';

/** A column of a result: its name, and its type as the engine calls it. */
interface ResultColumn {
  name: string;
  type: string;
}

/** What an engine gives back: in full, or as far as it was read. */
interface QueryResult {
  columns: readonly ResultColumn[];
  /** Some thousand rows at a time, each a list of values in the order of the columns. */
  rows: AsyncIterable<readonly (readonly PlainValue[])[]>;
}

/** Something that answers SQL over the views of events. */
interface Engine {
  readonly dialect: Dialect;
  /**
   * Runs one query.
   * @throws {QueryError} when the engine refuses it or fails
   */
  query(sql: string): Promise<QueryResult>;
}

/** A question or a query that cannot be answered; the message says what, where and what to do. */
class QueryError extends Error {
  override readonly name = 'QueryError';
}

/**
 * Checks that a query has the values of its parameters and no others.
 * @param names the parameters that the query has
 * @throws {QueryError} when a parameter has no value, or a value no parameter
 */
function checkParameters(names: readonly string[], values: Readonly<Record<string, unknown>>): void {
  const missing = names.find((name) => !Object.hasOwn(values, name));
  if (missing !== undefined)
    throw new QueryError(`the query has the parameter $${missing} and no value for it: give it one`);
  const strange = Object.keys(values).find((name) => !names.includes(name));
  if (strange !== undefined)
    throw new QueryError(`the query has no parameter $${strange}: write $${strange} where its value belongs`);
}

export { checkParameters, type Engine, QueryError, type QueryResult, type ResultColumn };
