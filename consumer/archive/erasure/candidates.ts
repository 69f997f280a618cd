import { type Column, columns } from '../columns';
import type { Database, ResultRow } from '../database/database';
import { sqlText } from '../database/database';
import type { Needles } from './needles/needles';

const texts: readonly Column['type'][] = ['text', 'json'];

/** All texts of a row of `events` in one. */
const eventText = `concat_ws(chr(10), ${columns
  .flatMap(({ name, type }) => {
    if (type === 'texts') return [`array_to_string("${name}", chr(10))`];
    return texts.includes(type) ? [`"${name}"`] : [];
  })
  .join(', ')})`;

/** The condition under which a text may hold the person; a pseudonym holds the person too. */
function mayHold(text: string, needles: Needles, pseudonym: string): string {
  const matches = (pattern: string) => `regexp_matches(${text}, ${sqlText(pattern)})`;
  const { sign, plain, escaped } = needles.base64;
  const base64 = [matches(plain), ...escaped.map((pair) => `(${pair.map(matches).join(' AND ')})`)];
  // Each search costs as much as all else of a row, so most rows have to be ruled out by two.
  return [
    `contains(${text}, ${sqlText(pseudonym)})`,
    matches(needles.text),
    `CASE WHEN ${matches(sign)} THEN ${base64.join(' OR ')} ELSE false END`,
  ].join(' OR ');
}

/** The rows of the view `events` that may hold the person; bytes that were kept are not looked into. */
function candidateEvents(
  database: Database,
  needles: Needles,
  pseudonym: string,
): AsyncGenerator<ResultRow[], void> {
  return database.stream(
    `SELECT * EXCLUDE (all_text) FROM (SELECT *, ${eventText} AS all_text FROM events)
     WHERE raw IS NOT NULL OR ${mayHold('all_text', needles, pseudonym)}`,
  );
}

/** A place where an event was found, of which Firehose said something that may hold the person. */
interface CandidateOccurrence extends ResultRow {
  row: bigint;
  object_number: bigint;
  firehose_error: string;
}

function candidateOccurrences(database: Database): AsyncGenerator<CandidateOccurrence[], void> {
  return database.stream(
    'SELECT rowid AS row, object_number, firehose_error FROM occurrences WHERE firehose_error IS NOT NULL',
  );
}

/** A reject; there are few, so all are looked into. */
interface CandidateReject extends ResultRow {
  row: bigint;
  object_number: bigint;
  firehose_error: string | null;
  message: string;
  issues: string | null;
  raw: Uint8Array;
}

function candidateRejects(database: Database): AsyncGenerator<CandidateReject[], void> {
  return database.stream(
    'SELECT rowid AS row, object_number, firehose_error, message, issues, raw FROM rejects',
  );
}

export {
  type CandidateOccurrence,
  type CandidateReject,
  candidateEvents,
  candidateOccurrences,
  candidateRejects,
  mayHold,
};
