import { trinoTypes } from '../../archive/dialects/trino';
import { blockOfKind, type Column, type ColumnType, fieldColumns } from '../../archive/store/columns';
import { asArray, asMap, isText, text } from './json-check';

const headersPath = 'mail.commonHeaders';

/** The formats that `parseTimestamp` accepts, with the same groups. */
const isoLike =
  '^(\\d{4}-\\d\\d-\\d\\d)[T ](\\d\\d:\\d\\d)(?::(\\d\\d)(?:[.,](\\d{1,3})\\d{0,6})?)? ?(?:[Zz]|([+-]\\d\\d):?(\\d\\d)?)?$';

/** The usual format of SES, which can be cast directly. */
const exact = '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d[.]\\d{3}Z$';

/**
 * Converts a text to a timestamp in UTC, to the millisecond; NULL for an invalid one. The default zone is
 * UTC.
 */
function timestampValue(value: string): string {
  const part = (group: number) => `regexp_extract(${value}, '${isoLike}', ${group})`;
  const seconds = `coalesce(${part(3)}, '00') || '.' || rpad(coalesce(${part(4)}, '0'), 3, '0')`;
  const zone = `coalesce(${part(5)} || ':' || coalesce(${part(6)}, '00'), 'Z')`;
  const rebuilt = `${part(1)} || 'T' || ${part(2)} || ':' || ${seconds} || ${zone}`;
  const parsed = (text: string) =>
    `TRY(CAST(from_iso8601_timestamp(${text}) AT TIME ZONE 'UTC' AS timestamp(3)))`;
  return `CASE WHEN regexp_like(${value}, '${exact}') THEN ${parsed(value)} ELSE ${parsed(rebuilt)} END`;
}

/** Converts a JSON value to the type of a column; NULL for other types. Equivalent to `toCell`. */
function columnValue(type: ColumnType, value: string): string {
  const textValue = `CASE WHEN ${isText(value)} THEN CAST(${value} AS varchar) END`;
  switch (type) {
    case 'text':
      return textValue;
    case 'timestamp':
      return timestampValue(textValue);
    case 'texts':
      return (
        `CASE WHEN all_match(${asArray(value)}, t -> ${isText('t')}) AND json_array_length(${value}) > 0 ` +
        `THEN CAST(${value} AS array(varchar)) END`
      );
    case 'integer': {
      const number = `TRY(CAST(${value} AS double))`;
      return (
        `CASE WHEN regexp_like(${text(value)}, '^-?[0-9]') AND ${number} = floor(${number}) AND abs(${number}) <= 9007199254740991 ` +
        `THEN CAST(${number} AS bigint) END`
      );
    }
    case 'boolean':
      return `CASE WHEN ${text(value)} IN ('true', 'false') THEN CAST(${value} AS boolean) END`;
    case 'json':
      return `nullif(${text(value)}, 'null')`;
    case 'id':
    case 'bytes':
      throw new Error(`a column of type ${type} is not read from a record`);
  }
}

/** Returns the value at a path, from the maps `mail`, `common_headers` and `block`. */
function jsonAt(path: readonly string[]): string {
  const joined = path.join('.');
  const [start, rest] = joined.startsWith(`${headersPath}.`)
    ? ['common_headers', path.slice(2)]
    : [path[0] === 'mail' ? 'mail' : 'block', path.slice(1)];
  const [first = '', ...deeper] = rest;
  return deeper.reduce(
    (value, key) =>
      /^\d+$/.test(key)
        ? `element_at(${asArray(value)}, ${Number(key) + 1})`
        : `element_at(${asMap(value)}, '${key}')`,
    `element_at(${start}, '${first}')`,
  );
}

/** Returns the kinds that have one of these blocks. */
function kindsOf(blocks: readonly (string | undefined)[]): string {
  const kinds = Object.entries(blockOfKind).filter(([, block]) => blocks.includes(block));
  return kinds.map(([kind]) => `'${kind}'`).join(', ');
}

/** Returns the JSON value of a column, as SQL. */
function columnSource({ paths, copiedFrom }: Column): string {
  const cases = paths.map((path) => path.split('.'));
  const ofMail = cases.find(([first]) => first === 'mail');
  if (ofMail !== undefined) return jsonAt(ofMail);
  const ofBlock = cases[0];
  const blocks = cases.map(([block]) => block);
  // The value in the block, or the copy. An unknown kind has neither.
  return [
    'CASE',
    ...(ofBlock === undefined ? [] : [`WHEN event_type IN (${kindsOf(blocks)}) THEN ${jsonAt(ofBlock)}`]),
    ...(copiedFrom === undefined ? [] : [`WHEN event_type <> 'Unknown' THEN ${jsonAt(copiedFrom)}`]),
    'END',
  ].join(' ');
}

/** The columns for the fields of an event, as expressions over its record. */
const lineColumns: readonly { name: string; type: string; source: string; value: string }[] = (
  fieldColumns as readonly Column[]
).map((column) => ({
  name: column.name,
  type: trinoTypes[column.type as Exclude<ColumnType, 'bytes'>], // no field has the type bytes
  source: columnSource(column),
  value: columnValue(column.type, `${column.name}_json`),
}));

export { lineColumns, timestampValue };
