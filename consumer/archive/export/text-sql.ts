import { sqlText } from '../dialects/literals';

/** The control characters that DuckDB's JSON escapes with upper-case digits (`\u001B`), unlike JavaScript's. */
const otherControls = String.raw`[\x0b\x0e\x0f\x1a-\x1f]`;

/** All control characters that a text of the archive can contain. */
const controls = Array.from({ length: 31 }, (_, index) => index + 1);

/** Returns the SQL for a text with each control character, quote and backslash escaped as in JavaScript. */
function escapedSql(text: string): string {
  const plain = `replace(replace(${text}, '\\', '\\\\'), '"', '\\"')`;
  return controls.reduce((escaped, code) => {
    const sequence = JSON.stringify(String.fromCharCode(code)).slice(1, -1);
    return `replace(${escaped}, chr(${code}), ${sqlText(sequence)})`;
  }, plain);
}

/** Returns the SQL for a text as a JSON string, with the same bytes as `JSON.stringify`. */
function jsonStringSql(text: string): string {
  return (
    `CASE WHEN regexp_matches(${text}, ${sqlText(otherControls)}) THEN concat('"', ${escapedSql(text)}, '"') ` +
    `ELSE to_json(${text})::VARCHAR END`
  );
}

/** Returns the SQL for a list of texts as a JSON array, with the same bytes as `JSON.stringify`. */
function jsonArraySql(texts: string): string {
  const escaped = `concat('[', array_to_string(list_transform(${texts}, lambda text: ${jsonStringSql('text')}), ','), ']')`;
  return (
    `CASE WHEN regexp_matches(array_to_string(${texts}, ''), ${sqlText(otherControls)}) THEN ${escaped} ` +
    `ELSE to_json(${texts})::VARCHAR END`
  );
}

/** Returns the SQL for a timestamp in ISO 8601 with milliseconds, as from `toISOString`. */
function isoTimeSql(time: string): string {
  return `strftime(${time}, '%Y-%m-%dT%H:%M:%S.%gZ')`;
}

export { isoTimeSql, jsonArraySql, jsonStringSql };
