import { type ColumnType, columns } from '../../archive/store/columns';
import type { ResultRow } from '../../archive/store/database';
import type { PlainValue } from '../engines/plain-value';

/** The stored columns of an event, in a form that Athena's texts keep: lists as JSON, bytes in base64. */
const storedColumns = columns.map(({ name, type }) => ({ name, type, sql: keptText(name, type) }));

function keptText(name: string, type: ColumnType): string {
  if (type === 'texts') return `json_format(CAST(${name} AS json)) AS ${name}`;
  return type === 'bytes' ? `to_base64(${name}) AS ${name}` : name;
}

/** Restores the value of a stored column. */
function storedValue(type: ColumnType, value: PlainValue | undefined): unknown {
  if (typeof value !== 'string') return value;
  if (type === 'texts') return JSON.parse(value);
  return type === 'bytes' ? Buffer.from(value, 'base64') : value;
}

/** Returns a row as the archive has it, from the values of {@link storedColumns}. Further values are ignored. */
function rowOf(values: readonly PlainValue[]): ResultRow {
  return Object.fromEntries(
    storedColumns.map(({ name, type }, index) => [name, storedValue(type, values[index])]),
  );
}

export { rowOf, storedColumns };
