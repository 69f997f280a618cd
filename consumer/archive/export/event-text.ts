import type { Cell } from '../rows/cell';
import { cellOf } from '../rows/stored-event';
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

export { eventJson, eventValues };
