import type { QueryResult } from '../../queries/engines/engine';
import type { PlainValue } from '../../queries/engines/plain-value';
import type { MissingName } from '../../queries/questions/missing-name';
import type { AnswerType } from '../../queries/questions/question';

/** A column of what is written: of a question, or of a query, of which only the name is known. */
interface ShownColumn {
  name: string;
  /** What it holds, which says how a person sees it. */
  type?: AnswerType;
  meaning?: string;
  /** Whether it holds our own words, which are wrapped and not cut. */
  isProse?: true;
}

/** What a command writes for its caller. */
interface Answer {
  /** Lines above a table. */
  head: readonly string[];
  columns: readonly ShownColumn[];
  rows: AsyncIterable<readonly (readonly PlainValue[])[]>;
  /**
   * The most rows of a table.
   * @default - no limit
   */
  tableLimit?: number;
  /** Whether a single row is shown as one of a list too, not upright. */
  isList?: true | undefined;
}

/** How many rows were written, and whether there were more. */
interface Written {
  rows: number;
  hasMore: boolean;
}

/** How what an engine gives back is shown, whichever it is. */
interface Presentation {
  /** What is written of the query's result. */
  answer(result: QueryResult): Answer;
  /**
   * Which name an answer without anything in it was asked about that nothing has.
   * @param query runs SQL over what the answer was made of
   */
  missingName?(query: (sql: string) => Promise<QueryResult>): Promise<MissingName | undefined>;
  /** What to say behind the number of rows. */
  more?(written: Written): string;
}

export type { Answer, Presentation, ShownColumn, Written };
