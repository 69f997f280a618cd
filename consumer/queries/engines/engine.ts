import type { Dialect } from '../../archive/dialects/dialect';
import type { PlainValue } from './plain-value';

/** A column of a result: its name, and its type in the spelling of the engine. */
interface ResultColumn {
  name: string;
  type: string;
}

/** The result of a query. Its rows are fetched as they are read. */
interface QueryResult {
  columns: readonly ResultColumn[];
  /** Batches of some thousand rows. A row is a list of values in the order of the columns. */
  rows: AsyncIterable<readonly (readonly PlainValue[])[]>;
}

/** An engine that runs SQL over the views of events. */
interface Engine {
  readonly dialect: Dialect;
  /**
   * Runs one query.
   * @throws {QueryError} when the engine rejects it or it fails
   */
  query(sql: string): Promise<QueryResult>;
}

/**
 * Thrown for a question or a query that cannot be answered. The message contains the error, the place and the
 * fix.
 */
class QueryError extends Error {
  override readonly name = 'QueryError';
}

/** Thrown when an empty answer was filtered by a name that no event has. The message contains existing names. */
class UnknownNameError extends QueryError {}

/** Thrown when a query reads a table or a view that does not exist. */
class MissingTableError extends QueryError {}

/** Thrown when a query would scan more bytes than the workgroup allows. */
class ScanLimitError extends QueryError {}

/** Thrown when a statement would write more partitions of a table than the engine can. */
class TooManyPartitionsError extends QueryError {}

/** Thrown when a parameter of a query has no value. */
class MissingParameterError extends QueryError {
  /** @param parameter its name, without `$` */
  constructor(readonly parameter: string) {
    super(`the query has no value for $${parameter}`);
  }
}

/**
 * Checks that the parameters of a query match the values.
 * @param names the parameters of the query
 * @throws {MissingParameterError} when a parameter has no value
 * @throws {QueryError} when a value has no parameter
 */
function checkParameters(names: readonly string[], values: Readonly<Record<string, unknown>>): void {
  const missing = names.find((name) => !Object.hasOwn(values, name));
  if (missing !== undefined) throw new MissingParameterError(missing);
  const unused = Object.keys(values).find((name) => !names.includes(name));
  if (unused !== undefined)
    throw new QueryError(
      `the query has no parameter $${unused}: add $${unused} to the query or remove its value`,
    );
}

export {
  checkParameters,
  type Engine,
  MissingParameterError,
  MissingTableError,
  QueryError,
  type QueryResult,
  type ResultColumn,
  ScanLimitError,
  TooManyPartitionsError,
  UnknownNameError,
};
