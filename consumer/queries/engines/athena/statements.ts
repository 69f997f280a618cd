import { trino } from '../../dialects/trino';
import type { ParameterValues } from '../../parameters';
import { withViews } from '../../prelude';
import { type PartitionWindow, partitionFilter } from '../../prelude/partition-filter';
import { type Question, questionSql } from '../../question';
import { athenaViews } from '../../views/athena-views';
import { views } from '../../views/views';
import { QueryError } from '../query-error';

/**
 * Bytes that Athena takes of a statement.
 *
 * @see https://docs.aws.amazon.com/athena/latest/ug/service-limits.html
 */
const longestStatement = 262_144;

/** The tables of text lines that the catalogue has (docs/catalog.md). */
const lineTables = { events: 'event_lines', errors: 'error_lines' };

/**
 * A query over the views as one statement that needs nothing but the tables of lines.
 *
 * @param window which partitions are read; all of them when it is left out
 * @throws {QueryError} when it is too long for Athena, or names something of its own as a view is named
 */
function athenaStatement(sql: string, window?: PartitionWindow): string {
  const where = window && partitionFilter(window);
  const all = [...athenaViews({ ...lineTables, where }), ...views];
  const statement = withViews(sql, all, trino);
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

/** What Athena is asked for a question: the answer, and how many lines of the same partitions are no events. */
interface QuestionStatements {
  answer: string;
  unreadable: string;
}

/**
 * The statements of a question.
 *
 * @param lookAhead days behind `until`; see {@link PartitionWindow}
 */
function questionStatements(
  question: Question,
  values: ParameterValues,
  lookAhead?: number,
): QuestionStatements {
  const { since, until } = values;
  const window: PartitionWindow = { time: question.time, since, until, lookAhead };
  return {
    answer: athenaStatement(questionSql(question, values, trino), window),
    unreadable: athenaStatement(countUnreadable, window),
  };
}

export { athenaStatement, lineTables, longestStatement, type QuestionStatements, questionStatements };
