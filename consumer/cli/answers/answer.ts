import type { QueryResult } from '../../queries/engines/engine';
import type { PlainValue } from '../../queries/engines/plain-value';
import type { MissingName } from '../../queries/questions/missing-name';
import type { AnswerType } from '../../queries/questions/question';

/** A column of the output of a question, or of a query, whose columns only have a name. */
interface ShownColumn {
  name: string;
  /** Type of its values, which decides their format. */
  type?: AnswerType;
  meaning?: string;
  /** Whether it contains text of this package, which is wrapped and not cut. */
  isProse?: true;
}

/** The output of a command. */
interface Answer {
  /** Lines above a table. */
  head: readonly string[];
  columns: readonly ShownColumn[];
  rows: AsyncIterable<readonly (readonly PlainValue[])[]>;
  /**
   * Maximum number of rows of a table.
   * @default - no limit
   */
  tableLimit?: number;
  /** Whether a single row is also shown as a list, not vertically. */
  isList?: true | undefined;
  /**
   * Time zone of the times in a table. Other formats have times in UTC.
   * @default 'UTC'
   */
  timezone?: string | undefined;
}

/** The number of rows written, and whether there are more rows and columns. */
interface Written {
  rows: number;
  hasMore: boolean;
  /** Number of columns that a table omits because it would be too wide. */
  omittedColumns?: number;
}

/** How to show the result of either engine. */
interface Presentation {
  /** Selects the output from the query's result. */
  answer(result: QueryResult): Answer;
  /**
   * Finds a name that an empty answer was filtered by and that does not exist.
   * @param query runs SQL over the data of the answer
   */
  missingName?(query: (sql: string) => Promise<QueryResult>): Promise<MissingName | undefined>;
  /** Text to show after the number of rows. */
  more?(written: Written): string;
}

export type { Answer, Presentation, ShownColumn, Written };
