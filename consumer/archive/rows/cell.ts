import { parseTimestamp } from '../../events';
import type { ColumnType } from '../store/columns';

/** A value of a column: texts as a list, JSON as text, a timestamp as ISO 8601 with milliseconds. */
type Cell = string | number | boolean | readonly string[];

/** The cell for a value, and whether it restores the value. */
interface Conversion {
  cell: Cell | undefined;
  isExact: boolean;
}

/** Separates the texts of a list on their way into the database. A text that contains it is not exact. */
const listSeparator = '\u001d';

const nothing: Conversion = { cell: undefined, isExact: false };

/** The form that a timestamp column restores, which SES writes. */
const exactTimestamp = /^[1-9]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

function timestampCell(text: string): Conversion {
  const time = parseTimestamp(text);
  if (time === undefined || time.getUTCFullYear() < 1 || time.getUTCFullYear() > 9999) return nothing;
  const cell = time.toISOString();
  return { cell, isExact: cell === text && exactTimestamp.test(text) };
}

function isTexts(value: unknown): value is string[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((text) => typeof text === 'string' && !text.includes(listSeparator))
  );
}

/**
 * Converts a value of the record to a column's cell. An absent value has no cell, and neither has null, although it is
 * not absent.
 */
function toCell(type: ColumnType, value: unknown): Conversion {
  switch (type) {
    case 'text':
      return typeof value === 'string' ? { cell: value, isExact: true } : nothing;
    case 'timestamp':
      return typeof value === 'string' ? timestampCell(value) : nothing;
    case 'texts':
      return isTexts(value) ? { cell: value, isExact: true } : nothing;
    case 'integer':
      return Number.isSafeInteger(value) && !Object.is(value, -0)
        ? { cell: value as number, isExact: true } // isSafeInteger has proved it
        : nothing;
    case 'boolean':
      return typeof value === 'boolean' ? { cell: value, isExact: true } : nothing;
    case 'json':
      return value === null || value === undefined ? nothing : { cell: JSON.stringify(value), isExact: true };
    case 'id':
    case 'bytes':
      return nothing;
  }
}

/** Restores the value of a cell. */
function fromCell(type: ColumnType, cell: Cell): unknown {
  return type === 'json' ? JSON.parse(String(cell)) : cell;
}

export { type Cell, fromCell, listSeparator, toCell };
