/** A value that every format can write. Lists and objects contain such values, with times as text. */
type PlainValue = null | boolean | number | string | Date | readonly PlainValue[] | PlainObject;

interface PlainObject {
  readonly [name: string]: PlainValue;
}

/** Converts a value inside a list or an object to its JSON form. */
function innerValue(value: unknown): PlainValue {
  if (value instanceof Date) return value.toISOString();
  return plainValue(value, '');
}

/**
 * Converts a value of the DuckDB client to a plain value:
 * - an integer is a number, or text if a number would round it;
 * - a timestamp is a Date, a day is `2026-03-01`, bytes are base64;
 * - a list or struct has its JSON form.
 *
 * @param type the type of the column, in the spelling of DuckDB
 */
function plainValue(value: unknown, type: string): PlainValue {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return type === 'DATE' ? value.toISOString().replace(/T.*/, '') : value;
  if (typeof value === 'bigint') {
    return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  }
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(innerValue);
  if (typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, innerValue(inner)]));
  }
  return value as boolean | number | string; // the client returns no other types
}

export { type PlainValue, plainValue };
