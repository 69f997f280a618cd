import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Dialect } from '../../archive/dialects/dialect';
import { countEmails } from '../../archive/views/outcome';
import { packageFile } from '../../pages/package-file';
import { isLimitedEarly, placeholders } from './conditions';
import { expandMacros } from './macros';
import { type ParameterName, type ParameterValues, parameterNames } from './parameters';

const answerTypes = [
  'text',
  'header',
  'raw',
  'verdict',
  'count',
  'share',
  'milliseconds',
  'hours',
  'time',
  'day',
] as const;

/**
 * The type of a column in an answer, which determines its format. A `header` can contain MIME-encoded words,
 * which are decoded for people. A `raw` text is omitted from tables, because other columns show it in a
 * readable form. A `verdict` is `ok`, `review` or `danger`, which have colors on a terminal.
 */
type AnswerType = (typeof answerTypes)[number];

/**
 * The time that `since` and `until` filter:
 *
 * - `happened`: the time of the event;
 * - `sent`: the send time of its message, whatever its later status;
 * - `delivered`: the time in the name of an object;
 * - `arrived`: the time of the event, whatever its time of arrival.
 *
 * For all except the first, answers include data that was delivered long after `until`.
 */
type QuestionTime = 'happened' | 'sent' | 'delivered' | 'arrived';

const questionTimes: readonly QuestionTime[] = ['happened', 'sent', 'delivered', 'arrived'];

/** A column of an answer. */
interface AnswerColumn {
  name: string;
  type: AnswerType;
  meaning: string;
}

/** A question of `ses-events ask`, with its description, parameters, columns and SQL. Each is a file of `questions/`. */
interface Question {
  /** The name of the file without its extension. */
  name: string;
  title: string;
  description: string;
  /** The parameters of the question. */
  parameters: readonly ParameterName[];
  time: QuestionTime;
  /** `time` as a sentence. */
  window: string;
  columns: readonly AnswerColumn[];
  /** The query, with placeholders. */
  body: string;
}

const field = /^-- (title|description|parameters|time|window|column): (.+)$/;

/** Returns the name that equals a text. */
function oneOf<Name extends string>(names: readonly Name[], text: string | undefined, unknown: string): Name {
  const known = names.find((name) => name === text);
  if (known === undefined) throw new Error(`${unknown} ${text}: use one of ${names.join(', ')}`);
  return known;
}

/** Parses the text of a question: a head of comments, then the query. */
function parseQuestion(name: string, text: string): Question {
  const lines = text.split('\n');
  const heads = lines.filter((line) => line.startsWith('--')).map((line) => field.exec(line));
  const all = (key: string) => heads.filter((head) => head?.[1] === key).map((head) => head?.[2] ?? '');
  const one = (key: string) => {
    const [value, ...more] = all(key);
    if (value === undefined || more.length > 0)
      throw new Error(
        `the question ${name} has ${all(key).length} lines '-- ${key}: …', but requires exactly one`,
      );
    return value;
  };
  if (heads.includes(null))
    throw new Error(`the question ${name} has a comment that is not a line of its head`);
  return {
    name,
    title: one('title'),
    description: all('description').join(' '),
    parameters: one('parameters')
      .split(', ')
      .map((parameter) => oneOf(parameterNames, parameter, `the question ${name} has an unknown parameter`)),
    time: oneOf(questionTimes, one('time'), `the question ${name} has an unknown time`),
    window: one('window'),
    columns: all('column').map((column) => parseColumn(name, column)),
    body: lines
      .filter((line) => !line.startsWith('--'))
      .join('\n')
      .trim(),
  };
}

function parseColumn(question: string, text: string): AnswerColumn {
  const [name = '', typeName, meaning = ''] = text.split(' | ');
  const unknown = `the column ${name} of the question ${question} has an unknown type`;
  return { name, type: oneOf(answerTypes, typeName, unknown), meaning };
}

/** The FROM of the main query, at the start of a line. The FROM of a subquery is indented. */
const mainFrom = /\nFROM /;

/**
 * Returns the body of a question, with a limit if one is given, and optionally with the count of all rows.
 */
function limitedBody(body: string, values: ParameterValues, isCounted: boolean): string {
  const { limit } = values;
  const isLimited = body.includes('{limit}') || limit === undefined || limit === 'all';
  const limited = isLimited ? body : `${body}\nLIMIT {limit}`;
  // With an earlier limit, the main query has the limited rows only.
  const count = body.includes('{foundLimit}') && isLimitedEarly(values) ? 'found_in_all' : 'count(*) OVER ()';
  return isCounted ? limited.replace(mainFrom, `,\n  ${count} AS rows_in_all\nFROM `) : limited;
}

/** Options for the SQL of a question, in addition to its parameters. */
interface QuestionSqlOptions {
  /**
   * Whether each row ends with `rows_in_all`, the number of rows without the limit. The engine sorts all rows
   * anyway, and a separate statement would read everything again.
   * @default false
   */
  isCounted?: boolean;
}

/** Returns a question as a query over the views of an engine. */
function questionSql(
  { name, body }: Question,
  values: ParameterValues,
  dialect: Dialect,
  { isCounted = false }: QuestionSqlOptions = {},
): string {
  // Values are last, so that their content is not taken for a placeholder.
  const text = limitedBody(body, values, isCounted).replaceAll('{emails}', countEmails);
  return expandMacros(text, { dialect, values }).replaceAll(/\{\w+\}/g, (placeholder) => {
    const replacement = placeholders[placeholder];
    if (replacement === undefined) throw new Error(`the question ${name} has an unknown ${placeholder}`);
    return replacement(values);
  });
}

let loaded: readonly Question[] | undefined;

function readQuestions(): Question[] {
  packageFile(__dirname, 'health.sql');
  return readdirSync(__dirname)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => parseQuestion(file.slice(0, -'.sql'.length), readFileSync(join(__dirname, file), 'utf8')));
}

/**
 * Returns all questions, in the order of their names.
 * @throws {Error} when their files are missing, because the code was bundled without them
 */
function questions(): readonly Question[] {
  loaded ??= readQuestions();
  return loaded;
}

export {
  type AnswerType,
  parseQuestion,
  type Question,
  type QuestionSqlOptions,
  type QuestionTime,
  questionSql,
  questions,
};
