import { duckdb } from '../../archive/dialects/duckdb';
import { queryStatements, questionStatements, type Statements } from '../engines/athena/statements';
import type { Reading } from '../iceberg/event-source';
import type { PartitionWindow } from '../prelude/partition-filter';
import type { ParameterValues } from '../questions/parameters';
import {
  type Question,
  type QuestionSqlOptions,
  type QuestionTime,
  questionSql,
} from '../questions/question';

/** A question or a query, as SQL for either kind of source. */
interface Request {
  /** Returns the statement for an archive, and its values of `$name`. */
  archive(): { sql: string; parameters?: Readonly<Record<string, string>> };
  /**
   * Returns the statements for Athena.
   * @param reading the tables to read
   * @throws {QueryError} when Athena cannot run them
   */
  athena(reading: Reading): Statements;
  /** The time that the range of a question filters. */
  time?: QuestionTime;
  /** The parameters of a question. A name in them that does not exist explains an empty answer. */
  values?: ParameterValues;
  /**
   * Maximum number of rows of a query, after which an archive's engine stops.
   * @default - all
   */
  limit?: number | undefined;
  /** Whether each row ends with the number of rows without the limit. */
  isCounted?: boolean;
}

/** Options of a question that are not its parameters. */
interface QuestionRequestOptions extends QuestionSqlOptions, Pick<PartitionWindow, 'lookAhead'> {}

/** Requests the answer to a question. */
function questionRequest(
  question: Question,
  values: ParameterValues,
  { lookAhead, isCounted = false }: QuestionRequestOptions = {},
): Request {
  return {
    archive: () => ({ sql: questionSql(question, values, duckdb, { isCounted }) }),
    athena: (reading) => questionStatements(question, values, reading, { isCounted, lookAhead }),
    time: question.time,
    values,
    isCounted,
  };
}

/** Options of a query: the partitions that Athena reads, as the query itself filters the events, and the limit. */
interface QueryRequestOptions extends Omit<PartitionWindow, 'time'>, Pick<Request, 'limit'> {}

/** Requests the rows of a query. */
function queryRequest(
  sql: string,
  parameters: Readonly<Record<string, string>>,
  { since, until, lookAhead, limit }: QueryRequestOptions,
): Request {
  return {
    archive: () => ({ sql, parameters }),
    athena: (reading) =>
      queryStatements(sql, parameters, reading, { time: 'happened', since, until, lookAhead }),
    limit,
  };
}

export { queryRequest, questionRequest, type Request };
