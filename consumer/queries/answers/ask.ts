import { duckdb } from '../../archive/dialects/duckdb';
import { askStatements } from '../engines/athena/ask-statements';
import { athenaStatement, questionStatements } from '../engines/athena/statements';
import { type Engine, QueryError, type QueryResult } from '../engines/engine';
import type { PlainValue } from '../engines/plain-value';
import { type PartitionWindow, partitionFilter } from '../prelude/partition-filter';
import type { AnswerRows, QuestionParameters } from '../questions/answer-rows.generated';
import { closestName } from '../questions/closest-name';
import { missingName } from '../questions/missing-name';
import { type Limit, type ParameterValues, timeZoneOf } from '../questions/parameters';
import { type Question, questionSql, questions } from '../questions/question';
import { type AnswerOptions, type AnswerSource, rowsFrom } from './answer-source';
import { explainIfEmpty, missingNameText } from './empty-answer';
import { Rows } from './rows';

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

/** Returns the rows of a result as objects with the columns. */
async function* objectRows({ columns, rows }: QueryResult): AsyncGenerator<Record<string, PlainValue>, void> {
  const names = columns.map(({ name }) => name);
  for await (const batch of rows) {
    for (const row of batch) yield Object.fromEntries(names.map((name, index) => [name, row[index] ?? null]));
  }
}

/**
 * Returns a result whose rows begin only if there are some, or all names of the parameters exist.
 * @throws {QueryError} while reading, when an answer is empty because of a name that does not exist
 */
async function* explained(
  engine: Engine,
  result: QueryResult,
  values: ParameterValues,
  window?: PartitionWindow,
) {
  const isPartial = window !== undefined && partitionFilter(window) !== undefined;
  const rows = await explainIfEmpty(result.rows, async () => {
    if (isPartial) return; // other partitions may contain the name
    const missing = await missingName(values, (sql) =>
      engine.query(window === undefined ? sql : athenaStatement(sql)),
    );
    const place = window === undefined ? 'in this archive' : 'in the bucket';
    if (missing !== undefined) throw new QueryError(missingNameText(missing, place));
  });
  yield* objectRows({ ...result, rows });
}

/** @throws {QueryError} when there is no such question, or it does not have one of the parameters, or the time zone is unknown */
function findQuestion(name: string, values: ParameterValues): Question {
  const all = questions();
  const question = all.find((candidate) => candidate.name === name);
  if (question === undefined) {
    const names = all.map((candidate) => candidate.name);
    const meant = closestName(String(name), names);
    const hint = meant === undefined ? '' : `, did you mean ${meant}?`;
    throw new QueryError(
      `there is no question ${JSON.stringify(name)}${hint} The questions are ${names.join(', ')}`,
    );
  }
  for (const parameter of [
    'since',
    'until',
    'configurationSet',
    'domain',
    'tag',
    'tagName',
    'by',
    'timezone',
  ] as const) {
    if (values[parameter] !== undefined && !question.parameters.includes(parameter)) {
      throw new QueryError(
        `the question ${name} does not take ${parameter}: it takes ${question.parameters.join(', ')}`,
      );
    }
  }
  timeZoneOf(values);
  return question;
}

/**
 * Answers a question from an archive, or with Athena. The command `ses-events ask` answers the same.
 *
 * Shares are from 0 to 1, durations in milliseconds or hours, times are `Date`, days are text such as `2026-03-01`.
 *
 * @param source the file of an archive, or the workgroup and the database of Athena
 * @param name the name of the question; {@link questions} returns all, with their columns
 * @param options the parameters of the question
 * @throws {QueryError} when there is no such question, parameter or time zone; while reading, when the engine fails, or when the
 * answer is empty and a configuration set, domain or tag does not exist
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
  const {
    since,
    until,
    configurationSet,
    domain,
    tag,
    tagName,
    by,
    timezone,
    limit = 'all',
  }: ParameterValues = options;
  const { lookAhead, onUnreadable } = options;
  const values: ParameterValues = {
    since,
    until,
    configurationSet,
    domain,
    tag,
    tagName,
    by,
    timezone,
    limit,
  };
  const question = findQuestion(name, values);
  const read = () =>
    rowsFrom(source, options, {
      async *ofArchive(engine) {
        yield* explained(engine, await engine.query(questionSql(question, values, duckdb)), values);
      },
      async *ofAthena(engine) {
        const answer = await askStatements(engine, questionStatements(question, values, { lookAhead }));
        if (answer.unreadable.lines > 0) onUnreadable?.(answer.unreadable);
        yield* explained(engine, answer, values, { time: question.time, since, until, lookAhead });
      },
    });
  return new Rows(read as () => AsyncGenerator<AnswerRows[Name], void>); // generated from the columns; a test compares them
}

export { type AskOptions, ask, objectRows, type QuestionName };
