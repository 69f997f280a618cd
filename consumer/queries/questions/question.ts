import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Dialect } from '../../archive/dialects/dialect';
import { sourceParts } from '../../archive/views/mailbox';
import { countEmails } from '../../archive/views/outcome';
import { type ParameterName, type ParameterValues, parameterNames, placeholders } from './parameters';

const answerTypes = [
  'text',
  'header',
  'raw',
  'count',
  'share',
  'milliseconds',
  'hours',
  'time',
  'day',
] as const;

/**
 * What a column of an answer holds, which also says how it is shown. A `header` may have MIME-encoded words, which are
 * decoded for people; a `raw` text stands in other columns in a form for people, and in no table.
 */
type AnswerType = (typeof answerTypes)[number];

/**
 * Which time `since` and `until` are about: the event's own (`happened`); its message's (`sent`), whatever
 * became of it later; the time in an object's name (`delivered`); or the event's own, whenever the event
 * came (`arrived`). Of all but the first, what was delivered long after `until` belongs to the answer.
 */
type QuestionTime = 'happened' | 'sent' | 'delivered' | 'arrived';

const questionTimes: readonly QuestionTime[] = ['happened', 'sent', 'delivered', 'arrived'];

/** A column of an answer. */
interface AnswerColumn {
  name: string;
  type: AnswerType;
  meaning: string;
}

/** A question: a file of `questions/`. */
interface Question {
  /** The file's name without its extension. */
  name: string;
  title: string;
  description: string;
  /** Which parameters it takes. */
  parameters: readonly ParameterName[];
  time: QuestionTime;
  /** The same as a sentence. */
  window: string;
  columns: readonly AnswerColumn[];
  /** The query, with placeholders. */
  body: string;
}

const field = /^-- (title|description|parameters|time|window|column): (.+)$/;

/** The name that a text is one of. */
function oneOf<Name extends string>(names: readonly Name[], text: string | undefined, unknown: string): Name {
  const known = names.find((name) => name === text);
  if (known === undefined) throw new Error(`${unknown} ${text}: write one of ${names.join(', ')}`);
  return known;
}

/** A question from its text: a head of comments, then the query. */
function parseQuestion(name: string, text: string): Question {
  const lines = text.split('\n');
  const heads = lines.filter((line) => line.startsWith('--')).map((line) => field.exec(line));
  const all = (key: string) => heads.filter((head) => head?.[1] === key).map((head) => head?.[2] ?? '');
  const one = (key: string) => {
    const [value, ...more] = all(key);
    if (value === undefined || more.length > 0)
      throw new Error(`the question ${name} has ${all(key).length} lines '-- ${key}: …': write one`);
    return value;
  };
  if (heads.includes(null)) throw new Error(`the question ${name} has a comment that is no line of its head`);
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
  const what = `the column ${name} of the question ${question} has an unknown type`;
  return { name, type: oneOf(answerTypes, typeName, what), meaning };
}

/** `{milliseconds a; b}` and its like: what the engines spell differently, or what several questions compute. */
const macro = /\{(milliseconds|times|sender) ([^{}]+)\}/g;

function expandMacro(dialect: Dialect, name: string, list: string): string {
  if (name === 'sender') return sourceParts(dialect, list);
  const [first = '', second = '', third = ''] = list.split('; ');
  return name === 'times' ? dialect.times(first, second, third) : dialect.milliseconds(first, second);
}

/** A question's own FROM stands at the beginning of a line; those of its subqueries are indented. */
const ownFrom = /\nFROM /;

/** A question's body with a limit, where one is given, and with the count of all rows, where it is wanted. */
function limitedBody(body: string, { limit }: ParameterValues, isCounted: boolean): string {
  const isLimited = body.includes('{limit}') || limit === undefined || limit === 'all';
  const limited = isLimited ? body : `${body}\nLIMIT {limit}`;
  return isCounted ? limited.replace(ownFrom, ',\n  count(*) OVER () AS rows_in_all\nFROM ') : limited;
}

/** How to ask a question beside its parameters. */
interface QuestionSqlOptions {
  /**
   * Whether each row ends with `rows_in_all`, the number of rows without the limit. The engine has sorted all of them
   * anyway: a statement of its own would read everything again.
   * @default false
   */
  isCounted?: boolean;
}

/** A question as a query of an engine, over its views. */
function questionSql(
  { name, body }: Question,
  values: ParameterValues,
  dialect: Dialect,
  { isCounted = false }: QuestionSqlOptions = {},
): string {
  // The values come last: what stands in them is no placeholder.
  return limitedBody(body, values, isCounted)
    .replaceAll('{emails}', countEmails)
    .replaceAll(macro, (_, macroName: string, list: string) => expandMacro(dialect, macroName, list))
    .replaceAll(/\{\w+\}/g, (placeholder) => {
      const replacement = placeholders[placeholder];
      if (replacement === undefined) throw new Error(`the question ${name} has an unknown ${placeholder}`);
      return replacement(values);
    });
}

let loaded: readonly Question[] | undefined;

/** All questions, in the order of their names. */
function questions(): readonly Question[] {
  loaded ??= readdirSync(__dirname)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => parseQuestion(file.slice(0, -'.sql'.length), readFileSync(join(__dirname, file), 'utf8')));
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
