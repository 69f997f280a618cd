import { sqlText } from '../../archive/dialects/literals';
import { blockOfKind, type Column, type ColumnType, fieldColumns } from '../../archive/store/columns';
import { asArray, isText, text } from './json-check';
import { timestampValue } from './line-columns';

/** The form of a timestamp that a column restores. */
const restoredTimestamp = '^[1-9]\\d{3}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d[.]\\d{3}Z$';

/** Whether a column of a type restores a JSON value exactly. Equivalent to `toCell`. */
function isExact(type: ColumnType, value: string): string {
  switch (type) {
    case 'text':
      return isText(value);
    case 'timestamp': {
      const written = `CAST(${value} AS varchar)`;
      return `${isText(value)} AND regexp_like(${written}, '${restoredTimestamp}') AND to_iso8601(${timestampValue(written)}) || 'Z' = ${written}`;
    }
    case 'texts':
      return `all_match(${asArray(value)}, t -> ${isText('t')}) AND json_array_length(${value}) > 0`;
    case 'integer':
      return `regexp_like(${text(value)}, '^(?:0|-?[1-9][0-9]{0,14})$')`;
    case 'boolean':
      return `${text(value)} IN ('true', 'false')`;
    case 'json':
      return `${text(value)} <> 'null'`;
    case 'id':
    case 'bytes':
      throw new Error(`a column of type ${type} is not read from a record`);
  }
}

/** The keys of an object that have a column, by the type of the column. */
type KeysOfType = ReadonlyMap<ColumnType, readonly string[]>;

/** Groups the columns whose path `keyOf` finds in an object. */
function keysByType(keysOf: (path: readonly string[]) => readonly string[]): KeysOfType {
  const keys = new Map<ColumnType, string[]>();
  for (const { type, paths } of fieldColumns as readonly Column[])
    for (const key of paths.flatMap((path) => keysOf(path.split('.'))))
      keys.set(type, [...(keys.get(type) ?? []), key]);
  return keys;
}

/** The entries of a map that no column restores. @param key an expression over the key `k` */
function unrestored(map: string, keys: KeysOfType, key = 'k'): string {
  const exact = [...keys].map(
    ([type, names]) => `WHEN ${key} IN (${names.map(sqlText).join(', ')}) THEN ${isExact(type, 'v')}`,
  );
  return `map_filter(${map}, (k, v) -> NOT coalesce(CASE ${exact.join(' ')} ELSE false END, false))`;
}

const mailKeys = keysByType(([block, key = '', ...deeper]) =>
  block === 'mail' && deeper.length === 0 ? [key] : [],
);
const headerKeys = keysByType(([block, parent, key = '']) =>
  block === 'mail' && parent === 'commonHeaders' ? [key] : [],
);
const blockKeys = keysByType(([block, key = '']) =>
  Object.entries(blockOfKind).flatMap(([kind, name]) => (name === block ? [`${kind}.${key}`] : [])),
);

const asJson = (map: string) => `CAST(${map} AS json)`;

/** A map with one entry, or none unless a condition holds. */
const entryIf = (condition: string, key: string, value: string) =>
  `CASE WHEN ${condition} THEN MAP(ARRAY[${key}], ARRAY[${value}]) ELSE MAP(ARRAY[], ARRAY[]) END`;

/** A condition on one value, which is computed once. */
const computedOnce = (value: string, name: string, result: string) =>
  `element_at(transform(ARRAY[${value}], ${name} -> ${result}), 1)`;

/** The entries of the mail block that no column restores. `commonHeaders` contains only its unrestored entries. */
const mailRest = computedOnce(
  unrestored('common_headers', headerKeys),
  'header_rest',
  `map_concat(
        ${unrestored("map_filter(mail, (k, v) -> k <> 'commonHeaders')", mailKeys)},
        ${entryIf(
          "element_at(mail, 'commonHeaders') IS NOT NULL AND coalesce(cardinality(common_headers) = 0 OR cardinality(header_rest) > 0, true)",
          "'commonHeaders'",
          `CASE WHEN cardinality(header_rest) > 0 THEN ${asJson('header_rest')} ELSE element_at(mail, 'commonHeaders') END`,
        )}
      )`,
);

/**
 * The parts of a record that its columns do not restore, as a JSON text; NULL without any. Merged with the
 * columns, it restores the record. Equivalent to `toRow`. It is an expression over the maps `record`, `mail`,
 * `common_headers` and `block`.
 */
const extra = computedOnce(
  mailRest,
  'mail_rest',
  computedOnce(
    unrestored('block', blockKeys, "event_type || '.' || k"),
    'block_rest',
    computedOnce(
      `map_concat(
        map_filter(record, (k, v) -> k NOT IN ('eventType', 'mail') AND k <> coalesce(block_key, '')),
        ${entryIf(
          "mail_rest IS NULL OR cardinality(mail_rest) > 0 OR (event_type = 'Unknown' AND cardinality(mail) = 0)",
          "'mail'",
          `CASE WHEN cardinality(mail_rest) > 0 THEN ${asJson('mail_rest')} ELSE mail_json END`,
        )},
        ${entryIf('cardinality(block_rest) > 0', 'block_key', asJson('block_rest'))}
      )`,
      'rest',
      `CASE WHEN cardinality(rest) > 0 THEN json_format(${asJson('rest')}) END`,
    ),
  ),
);

/** A JSON text without blanks and without the content of its texts. */
const skeleton = (json: string) =>
  `regexp_replace(regexp_replace(${json}, '"[^"\\\\]*(?:\\\\.[^"\\\\]*)*"', '""'), '\\s+', '')`;

/**
 * Whether parsing a line loses nothing: no duplicate key, which shortens the text; no number that is rounded
 * or written differently; no text that a database cannot store; no bytes that are not UTF-8.
 */
const survives = [
  `length(${skeleton('line')}) = length(${skeleton('json_format(document)')})`,
  `NOT regexp_like(${skeleton('line')}, '[0-9][.eE]|[0-9]{16}|-0')`,
  `NOT regexp_like(line, '\\\\u(?:0000|[dD][89a-fA-F])')`,
  'from_utf8(to_utf8(line)) = line',
].join(' AND ');

export { extra, survives };
