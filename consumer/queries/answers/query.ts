import { checkDate, checkOptions, checkText } from '../../records/check-options';
import type { PlainValue } from '../engines/plain-value';
import { type AnswerOptions, type AnswerSource, fromSource } from './answer-source';
import { answerChecks, type Checks, checkAnswerSource, checkTextValues } from './check-answer';
import { queryRequest } from './request';
import { objectRows, Rows } from './rows';

/** The parameters of a query, the partitions that Athena reads, and options of every query. */
interface QueryOptions extends AnswerOptions {
  /** Values of `$name` in the query. Each is bound as text, so that the query casts it: `$since::TIMESTAMP`. */
  parameters?: Readonly<Record<string, string>> | undefined;
  /** Athena: skips the partitions of events before this time. The query itself filters the events. */
  since?: Date | undefined;
  /** Athena: skips the partitions of events at or after this time. */
  until?: Date | undefined;
}

const queryChecks: Checks<QueryOptions> = {
  ...answerChecks,
  parameters: checkTextValues,
  since: checkDate,
  until: checkDate,
};

/**
 * Runs a SELECT over the views of an archive, or with Athena. The query cannot change the archive or read other files.
 *
 * Integers are numbers, or text if a number would round them. Timestamps are `Date`, days are text, lists and structs
 * have their JSON form.
 *
 * @typeParam Row the columns of the query; they are not checked
 * @throws {TypeError} for an argument of another type or an unknown option
 * @throws {QueryError} while reading, when the query is not one statement that reads, or fails
 * @throws {ArchiveError} while reading, when the archive cannot be opened
 *
 * @example
 * ```ts
 * const sql = 'SELECT status, count(*) AS messages FROM messages WHERE sent_at >= $since::TIMESTAMP GROUP BY status';
 * for await (const { status, messages } of query('ses-events.duckdb', sql, { parameters: { since: '2026-03-01' } })) {
 *   console.log(status, messages);
 * }
 * ```
 */
function query<Row extends Record<string, PlainValue> = Record<string, PlainValue>>(
  source: AnswerSource,
  sql: string,
  options: QueryOptions = {},
): Rows<Row> {
  checkAnswerSource(source);
  checkText('the query', sql);
  checkOptions(options, queryChecks);
  const request = queryRequest(sql, options.parameters ?? {}, options);
  const read = () => fromSource(source, options, async (open) => objectRows(await open.answer(request)));
  return new Rows(read as () => AsyncGenerator<Row, void>); // the caller names the columns of the query
}

export { type QueryOptions, query };
