import type { QueryResult } from '../../queries/engines/engine';
import type { Answer } from './answer';
import type { Written } from './write-answer';

/** How what an engine gives back is shown, whichever it is. */
interface Presentation {
  /** What is written of the query's result. */
  answer(result: QueryResult): Answer;
  /** What to say behind the number of rows. */
  more?(written: Written): string;
}

export type { Presentation };
