import type { PlainValue } from '../../queries/engines/plain-value';
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

export type { Answer, ShownColumn };
