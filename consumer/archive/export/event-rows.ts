import { orderedLines } from '../ordered/ordered-lines';
import { type Column, columns } from '../store/columns';
import type { Database, ResultRow } from '../store/database';
import { type ExportFilter, eventCondition, eventIds } from './event-filter';
import { plainSql } from './event-sql';
import { jsonArraySql, jsonStringSql } from './text-sql';

/** Returns the SQL for the value of a column as JSON, from which {@link restored} makes the value. */
function memberSql(column: Column): string {
  const value = `event_rows."${column.name}"`;
  switch (column.type) {
    case 'text':
    case 'json':
      return jsonStringSql(value);
    case 'texts':
      return jsonArraySql(value);
    case 'boolean':
      return `${value}::VARCHAR`;
    case 'timestamp':
      return `epoch_ms(${value})::VARCHAR`;
    case 'id':
    case 'integer': // JSON.parse would round it
    case 'bytes':
      return `'"' || ${plainSql(column)} || '"'`;
  }
}

const members = columns.map((column) => `coalesce(${memberSql(column)}, 'null')`);

/** The SQL for a row as a JSON array of its values. */
const rowSql = `concat('[', ${members.join(", ',', ")}, ']')`;

/** Returns a value as the client returns it. */
function restored({ type }: Column, value: unknown): unknown {
  if (value === null) return null;
  if (type === 'integer') return BigInt(String(value));
  if (type === 'timestamp') return new Date(Number(value));
  return type === 'bytes' ? Buffer.from(String(value), 'base64') : value;
}

function rowOf(line: Uint8Array): ResultRow {
  const values = JSON.parse(Buffer.from(line.buffer, line.byteOffset, line.length).toString()) as unknown[]; // of rowSql
  return Object.fromEntries(columns.map((column, index) => [column.name, restored(column, values[index])]));
}

/**
 * Yields the rows of the view `events`, in the order of time and id. Rows without a time are last.
 *
 * @example
 * ```ts
 * await readArchive('ses-events.duckdb', {}, async (database) => {
 *   for await (const row of eventRows(database, { kinds: ['Bounce'] })) console.log(eventJson(row));
 * });
 * ```
 */
async function* eventRows(database: Database, filter: ExportFilter = {}): AsyncGenerator<ResultRow, void> {
  const where = eventCondition(filter);
  const lines = orderedLines(database, {
    where,
    order: eventIds(where),
    lines: (rows) => `SELECT rowid::UINTEGER, encode(${rowSql}) FROM ${rows}`,
  });
  for await (const batch of lines) yield* batch.map(rowOf);
}

export { eventRows };
