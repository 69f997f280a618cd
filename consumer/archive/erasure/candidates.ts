import { sqlText } from '../dialects/literals';
import { type Column, columns } from '../store/columns';
import type { Database, ResultRow } from '../store/database';
import { eventColumns } from '../store/schema';
import type { AddressParts } from './spellings/address';
import { addressPattern } from './spellings/address-tokens';
import { type Base64Needles, base64Needles, shortestBase64 } from './spellings/base64';
import { encodedWordsPattern } from './spellings/encoded-words';
import { unusualEscape } from './spellings/escapes';

/**
 * Regular expressions of RE2 that match every text which may contain an address, in any spelling that the exact search
 * finds, and some others. A text without a match need not be searched.
 */
interface Needles {
  /** The address outside of base64, and the escapes and encodings that can hide it. */
  text: string;
  /** The address within base64. */
  base64: Base64Needles;
}

/** Makes the patterns for the archive's texts that may contain an address. */
function needlesOf(address: AddressParts): Needles {
  const { local } = address;
  return {
    text: `(?i)${[addressPattern(address), unusualEscape, encodedWordsPattern(shortestBase64(local))].join('|')}`,
    base64: base64Needles(local),
  };
}

const textTypes: readonly Column['type'][] = ['text', 'texts', 'json'];
const textColumns = columns.filter(({ type }) => textTypes.includes(type));

/** The text of a column; that of a list joined to one. */
function textOf({ name, type }: Column): string {
  return type === 'texts' ? `array_to_string("${name}", chr(10))` : `"${name}"`;
}

function joined(list: readonly Column[]): string {
  return `concat_ws(chr(10), ${list.map(textOf).join(', ')})`;
}

/**
 * The texts of a row that are searched separately: the engine searches each distinct value of a column only once. Most
 * rows have none of the columns for one kind, so these are joined to one text, and need one pattern.
 */
const rarely = textColumns.filter(
  ({ paths }) => paths.length > 0 && !paths.some((path) => path.startsWith('mail.')),
);
const searchedTexts = [
  ...textColumns.filter((column) => !rarely.includes(column)).map(textOf),
  joined(rarely),
];

/** The condition that a text may contain the person. A pseudonym counts as the person. */
function canContain(text: string, needles: Needles, pseudonym: string): string {
  const matches = (pattern: string) => `regexp_matches(${text}, ${sqlText(pattern)})`;
  const { sign, plain, escaped } = needles.base64;
  const base64 = [matches(plain), ...escaped.map((pair) => `(${pair.map(matches).join(' AND ')})`)];
  return [
    `contains(${text}, ${sqlText(pseudonym)})`,
    matches(needles.text),
    `CASE WHEN ${matches(sign)} THEN ${base64.join(' OR ')} ELSE false END`,
  ].join(' OR ');
}

/** The condition that a row of `event_rows` may contain the person: one search of each text excludes most rows. */
function rowCanContain(needles: Needles, pseudonym: string): string {
  const first = `${needles.text}|${pseudonym.replaceAll('.', '\\.')}|(?-i:${needles.base64.sign})`;
  // A sum, because the engine would search only the remaining rows for the second part of an OR, value by value.
  const found = searchedTexts.map(
    (text) => `coalesce(regexp_matches(${text}, ${sqlText(first)}), false)::INTEGER`,
  );
  return `CASE WHEN ${found.join(' + ')} > 0 THEN ${canContain(joined(textColumns), needles, pseudonym)} ELSE false END`;
}

/** Events of one search, eight of the engine's row groups. Each search compiles its patterns for a tenth of a second. */
const sliceRows = 491_520;

/** The number of events that have been examined, and of all events. */
interface Examined {
  examinedEvents: number;
  events: number;
}

/**
 * Yields the rows of the view `events` that may contain the person. It does not search the stored bytes of records.
 *
 * @param onExamined called with the number of examined events, from none to all
 */
async function* candidateEvents(
  database: Database,
  needles: Needles,
  pseudonym: string,
  onExamined: (examined: Examined) => void,
): AsyncGenerator<ResultRow[], void> {
  const [found] = await database.rows<{ events: bigint; end: bigint }>(
    'SELECT count(*) AS events, coalesce(max(rowid) + 1, 0) AS "end" FROM event_rows',
  );
  const [events, end] = [Number(found?.events ?? 0), Number(found?.end ?? 0)];
  const condition = rowCanContain(needles, pseudonym);
  for (let start = 0; start < end; start += sliceRows) {
    // Deleted rows have left gaps between the others.
    onExamined({ examinedEvents: Math.round((events * start) / end), events });
    yield* database.stream(
      `SELECT ${eventColumns} FROM event_rows
       WHERE rowid >= ${start} AND rowid < ${start + sliceRows} AND (raw IS NOT NULL OR ${condition})`,
    );
  }
  onExamined({ examinedEvents: events, events });
}

/** An occurrence whose Firehose error may contain the person. */
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

/** A reject. There are few rejects, so all are searched. */
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

export { canContain, candidateEvents, candidateOccurrences, candidateRejects, type Examined, needlesOf };
