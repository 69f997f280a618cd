import type { QuestionName } from '../../queries/answers/ask';
import type { OpenSource } from '../../queries/answers/open-source';
import { queryRequest, questionRequest } from '../../queries/answers/request';
import { objectRows, Rows } from '../../queries/answers/rows';
import type { PlainValue } from '../../queries/engines/plain-value';
import type { AnswerRows } from '../../queries/questions/answer-rows.generated';
import type { ParameterName, ParameterValues } from '../../queries/questions/parameters';
import { type Question, questions } from '../../queries/questions/question';
import type { RowLink } from './row-link';
import type { Scope, TimeRange } from './scope';

/** An answer to a question, with its rows up to the limit. */
interface Answered<Name extends QuestionName = QuestionName> {
  question: Question;
  /** The parameters that the question takes, of the scope and its own. */
  values: ParameterValues;
  /** Filters of the scope that the question does not take. */
  unused: readonly ParameterName[];
  rows: readonly AnswerRows[Name][];
  /** Number of rows without the limit. */
  total: number;
  /** The address of the page with all rows and columns; undefined where there is none. */
  address: string | undefined;
}

/** @throws {Error} when there is no such question */
function questionNamed(name: string): Question {
  const question = questions().find((candidate) => candidate.name === name);
  if (question === undefined) throw new Error(`there is no question ${name}`);
  return question;
}

/** The names of values that are set. */
function givenNames(values: ParameterValues): ParameterName[] {
  // Object.entries loses the key type
  const entries = Object.entries(values) as [ParameterName, unknown][];
  return entries.filter(([, value]) => value !== undefined).map(([name]) => name);
}

/**
 * The answers of a report, from one open source. A question that several pictures show is asked once.
 *
 * @example
 * ```ts
 * const { rows, total } = await new Answers(source, scope).ask('bounces', { limit: 10 });
 * ```
 */
class Answers {
  private readonly known = new Map<string, Promise<Answered>>();

  constructor(
    private readonly source: ReportSource,
    readonly scope: Scope,
    readonly linkTo: RowLink = () => undefined,
  ) {}

  /**
   * Prepares the source for the questions of the scope.
   * @throws {QueryError} when the engine fails
   */
  async prepare(): Promise<void> {
    const { before, until } = this.scope;
    await this.source.keepSent?.({ since: before.since, until });
  }

  /**
   * Answers a question for the scope.
   * @param own parameters that only this question has
   * @param range another range of time than that of the scope
   * @throws {QueryError} when the engine fails, or a filter has a name that does not exist
   */
  ask<Name extends QuestionName>(
    name: Name,
    own: ParameterValues = {},
    range: TimeRange = this.scope,
  ): Promise<Answered<Name>> {
    const key = JSON.stringify([name, own, range.since, range.until]);
    const known = this.known.get(key) ?? this.answer(name, own, range);
    this.known.set(key, known);
    return known as Promise<Answered<Name>>; // the name is in the key
  }

  /**
   * Returns the rows of a query of this package.
   * @throws {QueryError} when the engine fails
   */
  async rows(sql: string): Promise<Readonly<Record<string, PlainValue>>[]> {
    const result = await this.source.answer(queryRequest(sql, {}, {}));
    return new Rows(() => objectRows(result)).all();
  }

  private async answer(name: QuestionName, own: ParameterValues, range: TimeRange): Promise<Answered> {
    const question = questionNamed(name);
    const { filters, timezone } = this.scope;
    const { since, until } = range;
    const takes = (parameter: ParameterName) => question.parameters.includes(parameter);
    const given: ParameterValues = { since, until, timezone, ...filters, ...own };
    const values: ParameterValues = Object.fromEntries(
      givenNames(given)
        .filter((parameter) => parameter === 'limit' || takes(parameter))
        .map((parameter) => [parameter, given[parameter]]),
    );
    const { limit = 'all' } = values;
    const request = questionRequest(question, { ...values, limit }, { isCounted: limit !== 'all' });
    const result = await this.source.answer(request);
    // The columns of a question are the keys of its rows; a test compares them.
    const read = objectRows(result) as AsyncGenerator<AnswerRows[QuestionName], void>;
    const rows = await new Rows(() => read).all();
    const unused = givenNames(filters).filter((parameter) => !takes(parameter));
    const address = this.linkTo(name, { ...own, limit: undefined });
    return { question, values, unused, rows, total: result.total() ?? rows.length, address };
  }
}

/** Returns an answer with its first rows only, as if it had been asked with this limit. */
function firstRows<Name extends QuestionName>(answered: Answered<Name>, limit: number): Answered<Name> {
  return { ...answered, values: { ...answered.values, limit }, rows: answered.rows.slice(0, limit) };
}

/** A source that a report can ask. A source of statements only has nothing to keep. */
type ReportSource = Pick<OpenSource, 'answer'> & Partial<Pick<OpenSource, 'keepSent'>>;

export { type Answered, Answers, firstRows, type ReportSource };
