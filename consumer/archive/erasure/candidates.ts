import type { Database, ResultRow } from '../store/database';
import { eventColumns } from '../store/schema';
import { mentioningRows, type SoughtPerson } from './mentioning-rows';

/** Rows of one search, about. Each search compiles the pattern for every column, a third of a second in all. */
const sliceRows = 1_000_000;

/** Rows to read at once: the engine reads all columns in the range of their ids. */
const batchRows = 2048;

/** The number of events that have been examined, and of all events. */
interface Examined {
  examinedEvents: number;
  events: number;
}

/** Yields the rows of the view `events` with these ids, which are in ascending order. */
async function* eventsWith(database: Database, ids: readonly number[]): AsyncGenerator<ResultRow[], void> {
  for (let start = 0; start < ids.length; start += batchRows) {
    const batch = ids.slice(start, start + batchRows);
    yield* database.stream(
      `SELECT ${eventColumns} FROM event_rows
       WHERE rowid BETWEEN ${batch[0]} AND ${batch.at(-1)} AND rowid IN (${batch.join(', ')})`,
    );
  }
}

/**
 * Yields the rows of the view `events` that mention the person.
 *
 * @param onExamined called with the number of examined events, from none to all
 */
async function* candidateEvents(
  database: Database,
  person: SoughtPerson,
  onExamined: (examined: Examined) => void,
): AsyncGenerator<ResultRow[], void> {
  const [found] = await database.rows<{ events: bigint; end: bigint }>(
    'SELECT count(*) AS events, coalesce(max(rowid) + 1, 0) AS "end" FROM event_rows',
  );
  const [events, end] = [Number(found?.events ?? 0), Number(found?.end ?? 0)];
  // Deleted rows have left gaps between the others.
  const examinedTo = (row: number) =>
    onExamined({ examinedEvents: Math.round((events * row) / end), events });
  if (end === 0) return;
  examinedTo(0);
  const slices = Math.ceil(end / (1.5 * sliceRows));
  for (let slice = 0; slice < slices; slice++) {
    const rows = { first: Math.floor((slice * end) / slices), end: Math.floor(((slice + 1) * end) / slices) };
    const ids = await mentioningRows(database, rows, person, (part) =>
      examinedTo(rows.first + part * (rows.end - rows.first)),
    );
    yield* eventsWith(database, ids);
  }
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

export { candidateEvents, candidateOccurrences, candidateRejects, type Examined };
