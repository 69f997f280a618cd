import type { JsonObject } from '../../events/json-object';
import { overlay } from '../rows/stored-event';
import type { Database } from '../store/database';
import { orderedSlices } from '../store/ordered-slices';
import { allEvents, type ExportFilter, eventCondition, eventOrder } from './event-rows';
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
function onOneLine(record: Buffer): Buffer {
  const isBreak = (byte: number) => byte === lineFeed || byte === carriageReturn;
  return Buffer.from(record.map((byte) => (isBreak(byte) ? space : byte)));
}

/** Merges `extra` into the tree of the columns. A Pinpoint record is in its event, below `pinpoint`. */
function merged(tree: Buffer, extra: string, isPinpoint: boolean): Buffer {
  // Both are JSON objects that the archive has written.
  const columns = JSON.parse(tree.toString()) as Record<string, unknown>;
  const whole = overlay(columns, JSON.parse(extra) as JsonObject);
  return Buffer.from(JSON.stringify(isPinpoint ? whole.pinpoint : whole));
}

/** A row of a query of lines. Only those of records have more than the bytes. */
type LineRow = readonly [bytes: Uint8Array, isStored?: boolean, extra?: string | null, isPinpoint?: boolean];

function lineBytes([bytes, isStored = false, extra = null, isPinpoint = false]: LineRow): Buffer {
  const line = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (isStored) return onOneLine(line);
  return extra === null ? line : merged(line, extra, isPinpoint);
}

const recordColumns = `
  coalesce(raw, encode(${treeSql})) AS line, raw IS NOT NULL AS is_stored, CASE WHEN raw IS NULL THEN extra END AS extra,
  origin = 'pinpoint' AND event_type <> 'Unknown' AS is_pinpoint`;

/** The columns of each form, and the rows that they read. */
const forms = {
  ndjson: { select: `encode(${eventJsonSql}) AS line`, from: undefined },
  csv: { select: `encode(${eventCsvSql}) AS line`, from: undefined },
  record: { select: recordColumns, from: withMailMembers },
} as const satisfies Record<EventForm, unknown>;

/** The query for the lines of some rows. The engine sorts the finished lines, which are one value each. */
function lineQuery(form: EventForm, condition: string): string {
  const { select, from } = forms[form];
  const rows = from === undefined ? `event_rows WHERE ${condition}` : from(condition);
  const lines = form === 'record' ? 'line, is_stored, extra, is_pinpoint' : 'line';
  return `SELECT ${lines} FROM (SELECT event_time, event_id, ${select} FROM ${rows}) event_rows ORDER BY ${eventOrder}`;
}

/**
 * Yields a line for each event of the archive, without a line break, in the order of time and id; events without a time
 * are last. The engine formats the lines, so that a row crosses from it as one value and not as sixty.
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
): AsyncGenerator<Buffer, void> {
  const where = eventCondition(filter);
  for await (const { condition } of orderedSlices(database, { ...allEvents, where })) {
    const { rows } = await database.query(lineQuery(form, condition));
    for await (const batch of rows) {
      for (const row of batch) yield lineBytes(row as unknown as LineRow); // the columns of the query
    }
  }
}

export { type EventForm, eventLines };
