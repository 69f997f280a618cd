import type { JsonObject } from '../../events/json-object';
import { type LinesInOrder, orderedLines } from '../ordered/ordered-lines';
import { overlay } from '../rows/stored-event';
import type { Chunk } from '../store/chunk';
import type { Database } from '../store/database';
import { type ExportFilter, eventCondition, eventIds } from './event-filter';
import { eventCsvSql, eventJsonSql } from './event-sql';
import { treeSql, withMailMembers } from './record-sql';

/** The form of an event on its line: its columns as JSON or CSV, or its record. */
type EventForm = 'ndjson' | 'csv' | 'record';

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const space = 0x20;

/**
 * Replaces each line break, which JSON has only between its tokens, with a space: readers of lines would take it for the
 * end of the record.
 */
function onOneLine(record: Uint8Array): Uint8Array {
  const isBreak = (byte: number) => byte === lineFeed || byte === carriageReturn;
  return record.map((byte) => (isBreak(byte) ? space : byte));
}

/** Merges `extra` into the tree of the columns. A Pinpoint record is in its event, below `pinpoint`. */
function merged(tree: Uint8Array, extra: string, isPinpoint: boolean): Uint8Array {
  // Both are JSON objects that the archive has written.
  const columns = JSON.parse(Buffer.from(tree).toString()) as Record<string, unknown>;
  const whole = overlay(columns, JSON.parse(extra) as JsonObject);
  return Buffer.from(JSON.stringify(isPinpoint ? whole.pinpoint : whole));
}

const recordColumns = `
  coalesce(raw, encode(${treeSql})) AS line, raw IS NOT NULL AS is_stored, CASE WHEN raw IS NULL THEN extra END AS extra,
  origin = 'pinpoint' AND event_type <> 'Unknown' AS is_pinpoint`;

/** Finishes the lines of records, whose columns are those of `recordColumns`. */
function finishRecords(chunk: Chunk): (line: Uint8Array, row: number) => Uint8Array {
  const [isStored, extras, isPinpoint] = [chunk.values(2), chunk.values(3), chunk.values(4)];
  return (line, row) => {
    if (isStored(row) === true) return onOneLine(line);
    const extra = extras(row);
    return typeof extra === 'string' ? merged(line, extra, isPinpoint(row) === true) : line;
  };
}

/** The columns of each form, the rows that they read, and what the engine leaves to do. */
const forms: Readonly<Record<EventForm, FormQuery>> = {
  ndjson: { select: `encode(${eventJsonSql})` },
  csv: { select: `encode(${eventCsvSql})` },
  record: { select: recordColumns, from: withMailMembers, finish: finishRecords },
};

interface FormQuery extends Pick<LinesInOrder, 'finish'> {
  select: string;
  /** @default - the rows as they are */
  from?: (rows: string) => string;
}

/** Returns the query of the lines of some rows in a form. */
function linesQuery(form: EventForm): (rows: string) => string {
  const { select, from = (rows: string) => rows } = forms[form];
  return (rows) => `SELECT rowid::UINTEGER, ${select} FROM ${from(rows)}`;
}

/**
 * Yields a line for each event of the archive, without a line break, in the order of time and id; events without a time
 * are last. Some come at a time. The engine formats the lines, so that a row crosses from it as one value and not as
 * sixty.
 *
 * - `ndjson`: an object with every column by its name, null where there is no value. Lists and JSON columns are JSON
 *   values, times are ISO 8601, bytes are base64.
 * - `csv`: a cell for each column, lists and objects as JSON. A formula has a leading apostrophe.
 * - `record`: the record. If its bytes are stored, these; they may not be UTF-8. Otherwise JSON.
 */
async function* eventLines(
  database: Database,
  form: EventForm,
  filter: ExportFilter = {},
): AsyncGenerator<readonly Uint8Array[], void> {
  const { finish } = forms[form];
  const condition = eventCondition(filter);
  yield* orderedLines(database, {
    where: condition,
    order: eventIds(condition),
    lines: linesQuery(form),
    ...(finish && { finish }),
  });
}

export { type EventForm, eventLines, linesQuery };
