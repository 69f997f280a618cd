import type { PlainValue } from '../../queries/engines/plain-value';
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
  /**
   * Name of the sheet in a workbook: at most 31 lowercase letters and hyphens.
   * @default 'answer'
   */
  name?: string;
  /** Lines above a table. */
  head: readonly string[];
  columns: readonly ShownColumn[];
  rows: AsyncIterable<readonly (readonly PlainValue[])[]>;
  /**
   * Maximum number of rows of a table.
   * @default - no limit
   */
  tableLimit?: number | undefined;
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

export type { Answer, ShownColumn, Written };
