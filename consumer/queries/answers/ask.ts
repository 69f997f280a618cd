import { checkOptions } from '../../records/check-options';
import { QueryError } from '../engines/engine';
import type { AnswerRows, QuestionParameters } from '../questions/answer-rows.generated';
import { closestName } from '../questions/closest-name';
import { type Limit, type ParameterValues, timeZoneOf } from '../questions/parameters';
import { type Question, questions } from '../questions/question';
import { parameterValues, unknownParameter } from '../questions/question-values';
import { type AnswerOptions, type AnswerSource, fromSource } from './answer-source';
import { answerChecks, checkAnswerSource, parameterChecks } from './check-answer';
import { questionRequest, type Request } from './request';
import { objectRows, Rows } from './rows';

/** The name of a question, which `ses-events questions` lists too. */
type QuestionName = keyof AnswerRows;

/** The parameters of a question, and options of every query. */
type AskOptions<Name extends QuestionName = QuestionName> = AnswerOptions &
  Pick<ParameterValues, QuestionParameters[Name]> & {
    /**
     * Maximum number of rows.
     * @default 'all'
     */
    limit?: Limit | undefined;
  };

const askChecks = { ...answerChecks, ...parameterChecks };

/** @throws {QueryError} when there is no such question */
function findQuestion(name: string): Question {
  const question = questions().find((candidate) => candidate.name === name);
  if (question !== undefined) return question;
  const names = questions().map((candidate) => candidate.name);
  const meant = closestName(String(name), names);
  const hint = meant === undefined ? '.' : `, did you mean ${meant}?`;
  throw new QueryError(
    `there is no question ${JSON.stringify(name)}${hint} The questions are ${names.join(', ')}`,
  );
}

/**
 * Requests the answer to a question, by default without a limit.
 * @param isCounted whether the answer includes the number of rows without the limit
 * @throws {QueryError} when there is no such question or time zone, or it does not have one of the parameters
 */
function namedRequest(
  name: string,
  options: ParameterValues & AnswerOptions,
  { isCounted = false } = {},
): Request {
  const question = findQuestion(name);
  const { limit = 'all', ...values } = parameterValues(options);
  const unknown = unknownParameter(question, values, ['limit']);
  if (unknown !== undefined)
    throw new QueryError(
      `the question ${name} does not take ${unknown}: it takes ${question.parameters.join(', ')}`,
    );
  timeZoneOf(values);
  return questionRequest(question, { ...values, limit }, { isCounted, lookAhead: options.lookAhead });
}

/**
 * Answers a question from an archive, or with Athena. The command `ses-events ask` answers the same.
 *
 * Shares are from 0 to 1, durations in milliseconds or hours, times are `Date`, days are text such as `2026-03-01`.
 *
 * @param source the file of an archive, or the workgroup and the database of Athena
 * @param name the name of the question; {@link questions} returns all, with their columns
 * @param options the parameters of the question
 * @throws {TypeError} for an argument of another type or an unknown option
 * @throws {QueryError} when there is no such question, parameter or time zone; while reading, when the engine fails, or when the
 * answer is empty and a configuration set, domain, tag, tenant, region or account does not exist
 * @throws {ArchiveError} while reading, when the archive cannot be opened
 *
 * @example
 * ```ts
 * const since = new Date(Date.now() - 7 * 24 * 3_600_000);
 * const [health] = await ask('ses-events.duckdb', 'health', { since }).all();
 * if (health?.bounce_verdict !== 'ok') console.warn(health?.bounce_rate);
 *
 * const days = ask('ses-events.duckdb', 'trend', { by: 'day', timezone: 'Europe/Berlin' });
 * for await (const { period, sent } of days) console.log(period, sent);
 * ```
 */
function ask<Name extends QuestionName>(
  source: AnswerSource,
  name: Name,
  options: AskOptions<Name> = {} as AskOptions<Name>, // every option has a default
): Rows<AnswerRows[Name]> {
  checkAnswerSource(source);
  checkOptions(options, askChecks);
  const request = namedRequest(name, options);
  const read = () => fromSource(source, options, async (open) => objectRows(await open.answer(request)));
  return new Rows(read as () => AsyncGenerator<AnswerRows[Name], void>); // generated from the columns; a test compares them
}

export { type AskOptions, ask, askChecks, namedRequest, type QuestionName };
