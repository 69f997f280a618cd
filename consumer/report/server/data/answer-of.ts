import type { OpenSource } from '../../../queries/answers/open-source';
import { questionRequest } from '../../../queries/answers/request';
import { objectRows } from '../../../queries/answers/rows';
import type { PlainValue } from '../../../queries/engines/plain-value';
import type { ParameterValues } from '../../../queries/questions/parameters';
import { type Question, questions } from '../../../queries/questions/question';
import { usualRows } from './parameter-texts';

/** Returns the question with a name; undefined when there is none. */
function questionOf(name: string): Question | undefined {
  return questions().find((candidate) => candidate.name === name);
}

/** An answer with its rows up to the limit. */
interface TableAnswer {
  question: Question;
  values: ParameterValues & { limit: number };
  rows: Readonly<Record<string, PlainValue>>[];
  /** Number of rows without the limit. */
  total: number;
}

/**
 * Answers a question, in bounded memory.
 * @throws {QueryError} when the engine fails, or a filter has a name that does not exist
 */
async function answerOf(
  source: OpenSource,
  question: Question,
  given: ParameterValues,
): Promise<TableAnswer> {
  const { limit = usualRows } = given;
  const values = { ...given, limit: Number(limit) };
  const { since, until } = given;
  await source.keepSent(since && { since, until });
  const result = await source.answer(questionRequest(question, values, { isCounted: true }));
  const rows: TableAnswer['rows'] = [];
  for await (const row of objectRows(result)) rows.push(row);
  return { question, values, rows, total: result.total() ?? rows.length };
}

export { answerOf, questionOf, type TableAnswer };
