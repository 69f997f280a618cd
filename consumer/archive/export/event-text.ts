import { isUtf8 } from 'node:buffer';
import type { Cell } from '../rows/cell';
import { cellOf, storedRecord } from '../rows/stored-event';
import { type Column, columns } from '../store/columns';
import type { ResultRow } from '../store/database';

/** A value of a column in its form for both JSON and CSV; undefined when there is none. */
function plain({ name }: Column, row: ResultRow): Cell | undefined {
  const value = row[name];
  return value instanceof Uint8Array ? Buffer.from(value).toString('base64') : cellOf(value);
}

/**
 * Formats a row of the view `events` as one line of JSON, without a line break. It has every column by its name, with
 * null where there is no value. Lists and JSON columns are JSON values, times are ISO 8601, bytes are base64.
 *
 * @example
 * ```ts
 * await readArchive('ses-events.duckdb', {}, async (database) => {
 *   for await (const row of eventRows(database)) console.log(eventJson(row));
 * });
 * ```
 */
function eventJson(row: ResultRow): string {
  const members = columns.map((column) => {
    const value = plain(column, row) ?? null;
    // A JSON column contains JSON on one line, written by the archive.
    const json = column.type === 'json' && value !== null ? String(value) : JSON.stringify(value);
    return `"${column.name}":${json}`;
  });
  return `{${members.join(',')}}`;
}

/** Returns the values of a row of the view `events`, one for each of `columns`; lists as JSON text, bytes as base64. */
function eventValues(row: ResultRow): (string | number | boolean | Date | null)[] {
  return columns.map((column) => {
    const value = row[column.name];
    if (value instanceof Date) return value;
    const cell = plain(column, row) ?? null;
    return typeof cell === 'object' ? cell && JSON.stringify(cell) : cell;
  });
}

/** Formats a row of the view `events` as the cells of a table: its values, with times in ISO 8601. */
function eventCells(row: ResultRow): (string | number | undefined)[] {
  return eventValues(row).map((value) => {
    if (value === null) return undefined;
    if (value instanceof Date) return value.toISOString();
    return typeof value === 'boolean' ? String(value) : value;
  });
}

const lineBreaks = /[\r\n]/g;

/**
 * Returns the record of a row on one line, without a line break at the end. If the record's bytes are stored, it
 * returns these, as bytes when they are not UTF-8. A line break, which JSON has only between its tokens, becomes a
 * space: readers of lines would take it for the end of the record.
 */
function recordLine(row: ResultRow): string | Uint8Array {
  const record = storedRecord(row);
  if (typeof record === 'string') return record; // this package writes it without line breaks
  if (isUtf8(record)) return record.toString('utf8').replaceAll(lineBreaks, ' ');
  // Latin-1 has a character for every byte, and the same line breaks.
  return Buffer.from(record.toString('latin1').replaceAll(lineBreaks, ' '), 'latin1');
}

export { eventCells, eventJson, eventValues, recordLine };
