import { sqlText } from '../../../archive/dialects/literals';
import { trino } from '../../../archive/dialects/trino';
import { type PartitionWindow, partitionFilter } from '../../prelude/partition-filter';
import { withViews } from '../../prelude/prelude';
import type { ParameterValues } from '../../questions/parameters';
import { type Question, type QuestionSqlOptions, questionSql } from '../../questions/question';
import { catalogViews } from '../../views/athena-views';
import { checkParameters, QueryError } from '../engine';

/**
 * Bytes that Athena takes of a statement.
 *
 * @see https://docs.aws.amazon.com/athena/latest/ug/service-limits.html
 */
const longestStatement = 262_144;

/** The tables of text lines that the catalog has (docs/catalog.md). */
const lineTables = { events: 'event_lines', errors: 'error_lines' };

/**
 * A query over the views as one statement that needs nothing but the tables of lines.
 *
 * @param window which partitions are read; all of them when it is left out
 * @throws {QueryError} when it is too long for Athena, or names something of its own as a view is named
 */
function athenaStatement(sql: string, window?: PartitionWindow): string {
  const where = window && partitionFilter(window);
  const statement = withViews(sql, catalogViews({ ...lineTables, where }), trino);
  const bytes = Buffer.byteLength(statement);
  if (bytes > longestStatement) {
    throw new QueryError(
      `the query has ${bytes} bytes with the views that it reads, and Athena takes ${longestStatement}: shorten it`,
    );
  }
  return statement;
}

/** Counts what the answer could not take into account. */
const countUnreadable = 'SELECT count(*) AS lines, count(DISTINCT object) AS objects\nFROM unreadable_lines';

/** What Athena is asked: the answer, and how many lines of the same partitions are no events. */
interface Statements {
  answer: string;
  unreadable: string;
}

/** Comments, texts and quoted names, in which nothing is a parameter; and parameters. */
const token = /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"(?:[^"]|"")*"|\$(\w+)/g;

/**
 * A query with the values of its parameters `$name` as text literals, since Athena knows no named ones: each is a
 * text, so that the query casts it, as for an archive.
 *
 * @throws {QueryError} when a parameter has no value, or a value no parameter
 */
function bindParameters(sql: string, values: Readonly<Record<string, string>>): string {
  const names = [...sql.matchAll(token)].flatMap(([, name]) => name ?? []);
  checkParameters(names, values);
  return sql.replaceAll(token, (found, name?: string) =>
    name === undefined ? found : sqlText(values[name] ?? ''),
  );
}

/** What a statement that only reads begins with, behind comments and brackets. */
const reading = /^(?:\s|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/|\()*(?:SELECT|WITH|VALUES|TABLE)\b/i;

/**
 * The statements of a question.
 *
 * @param options with `lookAhead`, days behind `until`; see {@link PartitionWindow}
 */
function questionStatements(
  question: Question,
  values: ParameterValues,
  { lookAhead, ...options }: QuestionSqlOptions & { lookAhead?: number | undefined } = {},
): Statements {
  const { since, until } = values;
  const sql = questionSql(question, values, trino, options);
  return statements(sql, { time: question.time, since, until, lookAhead });
}

/**
 * The statements of a query of the user's own over the views.
 *
 * @param parameters values of `$name`, each a text
 * @param window which partitions are read; the query itself says which events it wants
 * @throws {QueryError} when it does not only read, or its parameters and values do not match
 */
function queryStatements(
  sql: string,
  parameters: Readonly<Record<string, string>>,
  window?: PartitionWindow,
): Statements {
  const query = sql.trim().replace(/;$/, ''); // Athena takes one statement, and the views stand before it
  if (!reading.test(query))
    throw new QueryError('a query only reads, and this does not begin so: write a SELECT');
  return statements(bindParameters(query, parameters), window);
}

function statements(sql: string, window?: PartitionWindow): Statements {
  return { answer: athenaStatement(sql, window), unreadable: athenaStatement(countUnreadable, window) };
}

export {
  athenaStatement,
  lineTables,
  longestStatement,
  queryStatements,
  questionStatements,
  type Statements,
  statements,
};
