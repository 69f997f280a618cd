import { questionRequest } from '../../queries/answers/request';
import type { PlainValue } from '../../queries/engines/plain-value';
import { defaultLimit, type Limit, type ParameterValues } from '../../queries/questions/parameters';
import type { Question } from '../../queries/questions/question';
import { formatCount } from '../../texts/number-text';
import { answerFormat, checkAnswerOptions } from '../options/answer-options';
import { checkEngineOptions } from '../options/engine-options';
import { questionScope, questionValues } from '../options/question-options';
import type { CommandContext } from '../process/context';
import type { Written } from './answer';
import { askSource } from './ask-source';
import type { SourceCliOptions } from './with-source';

/** Options of every command that answers a question. */
interface QuestionCliOptions extends SourceCliOptions, ParameterValues {}

/** Settings of a command that answers a question. */
interface QuestionSettings {
  /**
   * Maximum number of rows in a table of a list without `--limit`.
   * @default 100
   */
  tableLimit?: number;
  /** Receives each row before it is written, except for a Parquet file. */
  onRow?(row: readonly PlainValue[]): void;
}

/** Returns the limit without `--limit`: the question's default in tables, and all rows in other formats. */
function usualLimit(
  context: CommandContext,
  { parameters }: Question,
  options: QuestionCliOptions,
  { tableLimit = defaultLimit }: QuestionSettings,
): Limit {
  return parameters.includes('limit') && answerFormat(context, options) === 'table' ? tableLimit : 'all';
}

/** Returns the note for an answer without rows, with advice when it was filtered. */
function emptyNote({ limit: _, timezone: __, ...filters }: ParameterValues): string {
  const isFiltered = Object.values(filters).some((value) => value !== undefined);
  return `: no matching events${isFiltered ? ', check --since, --until and the filters' : ''}`;
}

/** Formats the number of rows that the limit omits, shown after the number of rows written. */
function omittedNote({ rows }: Written, total: number | undefined, limit: Limit): string {
  if (total === undefined) return rows === limit ? '; there may be more: raise --limit' : '';
  return total > rows ? `, ${formatCount(total - rows)} more with --limit all` : '';
}

/**
 * Answers a question with the options of a command, and writes the answer.
 * @returns what was written; undefined for a dry run, and when the user interrupted it
 * @throws {UsageError} when the options cannot be combined, or the question does not take one of them
 */
async function askQuestion(
  context: CommandContext,
  question: Question,
  options: QuestionCliOptions,
  settings: QuestionSettings = {},
): Promise<Written | undefined> {
  const given = questionValues(question, options);
  checkAnswerOptions(options);
  checkEngineOptions(options);
  const limit = given.limit ?? usualLimit(context, question, options, settings);
  const values = { ...given, limit };
  // The engine itself writes Parquet files, and would include the count.
  const isCounted = limit !== 'all' && options.format !== 'parquet';
  const request = questionRequest(question, values, { isCounted, lookAhead: options.lookAhead });
  const { name, title, columns } = question;
  const more = (written: Written, total?: number) =>
    written.rows === 0 && limit !== 0 ? emptyNote(given) : omittedNote(written, total, limit);
  const head = [title, questionScope(question, values), ''];
  const { onRow } = settings;
  const shown = { name, head, columns, timezone: values.timezone, more, ...(onRow && { onRow }) };
  return askSource(context, request, shown, options);
}

export { askQuestion, type QuestionCliOptions };
