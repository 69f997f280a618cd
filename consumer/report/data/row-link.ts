import type { QuestionName } from '../../queries/answers/ask';
import type { ParameterValues } from '../../queries/questions/parameters';

/**
 * The address of the page with the rows that a number counts: a question with these parameters, beside those of the scope.
 * Undefined where there is no such page, as in a file.
 */
type RowLink = (question: QuestionName, values: ParameterValues) => string | undefined;

export type { RowLink };
