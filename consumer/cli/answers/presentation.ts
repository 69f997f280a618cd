import type { QueryResult } from '../../queries/engines/engine';
import type { MissingName } from '../../queries/questions/missing-name';
import type { Answer } from './answer';
import type { Written } from './write-answer';

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

export type { Presentation };
