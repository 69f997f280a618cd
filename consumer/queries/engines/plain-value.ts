/** A value that every format can write. Lists and objects hold such values, with times as text. */
type PlainValue = null | boolean | number | string | Date | readonly PlainValue[] | PlainObject;

interface PlainObject {
  readonly [name: string]: PlainValue;
}

/** What stands inside a list or an object: as JSON can hold it. */
function innerValue(value: unknown): PlainValue {
  if (value instanceof Date) return value.toISOString();
  return plainValue(value, '');
}

/**
 * A value as DuckDB's client gives it, made plain: an integer is a number, or text where a number would
 * round it; a timestamp a Date, a day `2026-03-01`, bytes base64, a list or struct what JSON can hold.
 *
 * @param type the column's type as DuckDB calls it
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
  return value as boolean | number | string; // the client gives nothing else
}

export { type PlainValue, plainValue };
