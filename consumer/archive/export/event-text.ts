import { isUtf8 } from 'node:buffer';
import type { Cell } from '../rows/cell';
import { cellOf, storedRecord } from '../rows/stored-event';
import { type Column, columns } from '../store/columns';
import type { ResultRow } from '../store/database';

/** A value of a column in the forms that both JSON and CSV have: undefined where there is none. */
function plain({ name }: Column, row: ResultRow): Cell | undefined {
  const value = row[name];
  return value instanceof Uint8Array ? Buffer.from(value).toString('base64') : cellOf(value);
}

/**
 * A row of the view `events` as one line of JSON, without its end: every column by its name, null where
 * there is no value; lists as lists, JSON columns as the JSON that they hold, times in ISO 8601, bytes in
 * base64.
 */
function eventJson(row: ResultRow): string {
  const members = columns.map((column) => {
    const value = plain(column, row) ?? null;
    // A JSON column holds JSON text on one line: the archive's own.
    const json = column.type === 'json' && value !== null ? String(value) : JSON.stringify(value);
    return `"${column.name}":${json}`;
  });
  return `{${members.join(',')}}`;
}

/** A row of the view `events` as the cells of a table, one for each of `columns`; lists as JSON text. */
function eventCells(row: ResultRow): (string | number | undefined)[] {
  return columns.map((column) => {
    const value = plain(column, row);
    if (typeof value === 'object') return JSON.stringify(value);
    return typeof value === 'boolean' ? String(value) : value;
  });
}

const lineBreaks = /[\r\n]/g;

/**
 * The record that a row was made of, on one line, without its end. Where the record's own bytes were kept
 * it is these, as bytes when they are no UTF-8; a line break, which JSON has only between its tokens, becomes
 * a space, because whoever reads lines would take it for the end of the record.
 */
function recordLine(row: ResultRow): string | Uint8Array {
  const record = storedRecord(row);
  if (typeof record === 'string') return record; // written without line breaks
  if (isUtf8(record)) return record.toString('utf8').replaceAll(lineBreaks, ' ');
  // Latin-1 has a character for every byte, and the same line breaks.
  return Buffer.from(record.toString('latin1').replaceAll(lineBreaks, ' '), 'latin1');
}

export { eventCells, eventJson, recordLine };
