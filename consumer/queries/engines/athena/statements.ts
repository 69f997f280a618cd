import { sqlText } from '../../../archive/dialects/literals';
import { trino } from '../../../archive/dialects/trino';
import { type Reading, unreadableCount } from '../../iceberg/event-source';
import { lineTables } from '../../lines/line-tables';
import { type PartitionWindow, partitionFilter, timeFilter } from '../../prelude/partition-filter';
import { withViews } from '../../prelude/prelude';
import type { ParameterValues } from '../../questions/parameters';
import { type Question, type QuestionSqlOptions, questionSql } from '../../questions/question';
import { catalogViews } from '../../views/athena-views';
import { checkParameters, QueryError } from '../engine';

/**
 * Maximum length of a statement in Athena, in bytes.
 *
 * @see https://docs.aws.amazon.com/athena/latest/ug/service-limits.html
 */
const longestStatement = 262_144;

/**
 * Converts a query over the views to one statement that only requires the tables.
 *
 * @param reading the tables to read
 * @param window the partitions of lines to read; by default all
 * @throws {QueryError} when it is too long for Athena, or its WITH uses the name of a view
 */
function athenaStatement(sql: string, reading: Reading, window?: PartitionWindow): string {
  const where = window && partitionFilter(window);
  const statement = withViews(
    sql,
    catalogViews({ ...lineTables, ...reading, where, times: window && timeFilter(window) }),
    trino,
  );
  const bytes = Buffer.byteLength(statement);
  if (bytes > longestStatement) {
    throw new QueryError(
      `the query has ${bytes} bytes, including its views, and Athena accepts at most ${longestStatement}: shorten the query`,
    );
  }
  return statement;
}

/** The statements for Athena: the answer, and the number of unreadable lines in the same partitions. */
interface Statements {
  answer: string;
  unreadable: string;
  reading: Reading;
  /** Those partitions. By default all. */
  window?: PartitionWindow | undefined;
}

/** Comments, texts and quoted names, which cannot contain parameters; and parameters. */
const token = /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"(?:[^"]|"")*"|\$(\w+)/g;

/**
 * Replaces the parameters `$name` in a query with their values, because Athena has no named parameters. Each
 * value is a text literal, so that the query casts it, as for an archive.
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

/** The start of a statement that only reads, after comments and brackets. */
const onlyReads = /^(?:\s|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/|\()*(?:SELECT|WITH|VALUES|TABLE)\b/i;

/**
 * Returns the statements of a question.
 *
 * @param options with `lookAhead`, in days after `until`; see {@link PartitionWindow}
 */
function questionStatements(
  question: Question,
  values: ParameterValues,
  reading: Reading,
  { lookAhead, ...options }: QuestionSqlOptions & { lookAhead?: number | undefined } = {},
): Statements {
  const { since, until } = values;
  const sql = questionSql(question, values, trino, options);
  return statements(sql, reading, { time: question.time, since, until, lookAhead });
}

/**
 * Returns the statements for the user's query over the views.
 *
 * @param parameters values of `$name`, each a text
 * @param window the partitions to read; the query itself must select its events
 * @throws {QueryError} when it does not only read, or its parameters and values do not match
 */
function queryStatements(
  sql: string,
  parameters: Readonly<Record<string, string>>,
  reading: Reading,
  window?: PartitionWindow,
): Statements {
  const query = sql.trim().replace(/;$/, ''); // Athena requires one statement without a semicolon, and the views precede the query
  if (!onlyReads.test(query))
    throw new QueryError('a query can only read: start it with SELECT, WITH, VALUES or TABLE');
  return statements(bindParameters(query, parameters), reading, window);
}

function statements(sql: string, reading: Reading, window?: PartitionWindow): Statements {
  const where = window && partitionFilter(window);
  return {
    answer: athenaStatement(sql, reading, window),
    unreadable: unreadableCount({ ...lineTables, ...reading, where }),
    reading,
    window,
  };
}

export {
  athenaStatement,
  longestStatement,
  queryStatements,
  questionStatements,
  type Statements,
  statements,
};
