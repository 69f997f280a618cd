import { type Column, columns } from '../store/columns';
import { idText } from '../store/schema';
import { csvCellSql } from './csv-cell';
import { isoTimeSql, jsonArraySql, jsonStringSql } from './text-sql';

/** Returns the SQL for the value of a column as text, NULL if there is none: JSON for lists, base64 for bytes. */
function plainSql({ name, type }: Column): string {
  const value = `event_rows."${name}"`;
  switch (type) {
    case 'id':
      return idText(value);
    case 'timestamp':
      return isoTimeSql(value);
    case 'texts':
      return jsonArraySql(value);
    case 'bytes':
      return `base64(${value})`;
    case 'integer':
    case 'boolean':
      return `${value}::VARCHAR`;
    case 'text':
    case 'json':
      return value;
  }
}

/** Returns the SQL for the value of a column as JSON; NULL if there is none. */
function valueJsonSql(column: Column): string {
  switch (column.type) {
    case 'id':
    case 'timestamp':
    case 'bytes':
      return `'"' || ${plainSql(column)} || '"'`;
    case 'text':
      return jsonStringSql(plainSql(column));
    case 'texts':
    case 'integer':
    case 'boolean':
    case 'json': // JSON on one line, written by the archive
      return plainSql(column);
  }
}

const members = columns.flatMap((column, index) => {
  const key = `${index === 0 ? '{' : ','}"${column.name}":`;
  const value = `event_rows."${column.name}"`;
  return [`'${key}'`, `CASE WHEN ${value} IS NULL THEN 'null' ELSE ${valueJsonSql(column)} END`];
});

/** The SQL for an event as one line of JSON. It has every column by its name, with null where there is no value. */
const eventJsonSql = `concat(${members.join(', ')}, '}')`;

/** Returns the SQL for the value of a column as a CSV cell. Times and the like are never formulas. */
function cellSql(column: Column): string {
  const isSafe = ['id', 'timestamp', 'integer', 'boolean'].includes(column.type);
  return isSafe ? plainSql(column) : csvCellSql(plainSql(column));
}

/** The SQL for an event as one line of CSV, with a cell for each column. */
const eventCsvSql = `concat(${columns.map(cellSql).join(", ',', ")})`;

export { eventCsvSql, eventJsonSql, plainSql, valueJsonSql };
