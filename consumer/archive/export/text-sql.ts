import { sqlText } from '../dialects/literals';

/** The control characters that DuckDB's JSON escapes with upper-case digits (`\u001B`), unlike JavaScript's. */
const otherControls = String.raw`[\x0b\x0e\x0f\x1a-\x1f]`;

/** All control characters. Only a text of a query can contain the first one. */
const controls = Array.from({ length: 32 }, (_, code) => code);

/** Returns the SQL for a text with each control character, quote and backslash escaped as in JavaScript. */
function escapedSql(text: string): string {
  const plain = `replace(replace(${text}, '\\', '\\\\'), '"', '\\"')`;
  return controls.reduce((escaped, code) => {
    const sequence = JSON.stringify(String.fromCharCode(code)).slice(1, -1);
    return `replace(${escaped}, chr(${code}), ${sqlText(sequence)})`;
  }, plain);
}

/** Returns the SQL for a value as the engine's JSON. */
const engineJsonSql = (value: string): string => `to_json(${value})::VARCHAR`;

/**
 * Returns the SQL for the engine's JSON, or for `escaped` if the text has one of the other controls. A search for
 * characters is much faster than an expression, so it excludes nearly all texts.
 */
function jsonSql(json: string, text: string, escaped: string): string {
  const hasOthers = `contains(${json}, '\\u00') AND regexp_matches(${text}, ${sqlText(otherControls)})`;
  return `CASE WHEN ${hasOthers} THEN ${escaped} ELSE ${json} END`;
}

/**
 * Returns the SQL for a text as a JSON string, with the same bytes as `JSON.stringify`.
 * @param json a column with {@link engineJsonSql} of the text, which is then not evaluated twice
 */
function jsonStringSql(text: string, json = engineJsonSql(text)): string {
  return jsonSql(json, text, `concat('"', ${escapedSql(text)}, '"')`);
}

/** Returns the SQL for a list of texts as a JSON array, as {@link jsonStringSql}. */
function jsonArraySql(texts: string, json = engineJsonSql(texts)): string {
  const items = `list_transform(${texts}, lambda text: coalesce(${jsonStringSql('text')}, 'null'))`;
  return jsonSql(json, `array_to_string(${texts}, '')`, `concat('[', array_to_string(${items}, ','), ']')`);
}

/** Returns the SQL for a timestamp in ISO 8601 with milliseconds, as from `toISOString`. */
function isoTimeSql(time: string): string {
  return `strftime(${time}, '%Y-%m-%dT%H:%M:%S.%gZ')`;
}

export { engineJsonSql, isoTimeSql, jsonArraySql, jsonStringSql };
