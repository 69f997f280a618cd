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

export type { Engine, QueryResult, ResultColumn };
