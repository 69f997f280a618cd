import { sqlText } from '../dialects/literals';

/** White space of JavaScript, which DuckDB's expressions have no class for. */
const spaces = '\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff';

/**
 * The beginning of a spreadsheet formula. It may follow spaces, which some spreadsheets remove, or be in
 * full-width characters, which East Asian versions treat as the same characters. JavaScript and DuckDB read it.
 */
const formula = `^(?:[${spaces}]*[=+\\-@＝＋－＠]|[\\t\\r])`;

const special = '[",\\r\\n]';

const formulaExpression = new RegExp(formula);
const specialExpression = new RegExp(special);

/**
 * Formats a text as a CSV cell (RFC 4180). A cell that a spreadsheet would run as a formula gets a leading apostrophe,
 * because subjects and user agents are untrusted input.
 */
function csvCell(value: string): string {
  const text = formulaExpression.test(value) ? `'${value}` : value;
  return specialExpression.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The codes of the first characters of most texts, and those of them that begin a formula. */
const usualCodes = `BETWEEN ascii('0') AND ascii('~')`;
const formulaCodes = `(ascii('='), ascii('@'))`;

/**
 * Returns the SQL for a text as a CSV cell, with the same bytes as {@link csvCell}; empty for NULL. The first cases are
 * true for most cells, and faster because they have no expressions. None of them compares texts: a column of a query can
 * have another order of characters.
 */
function csvCellSql(text: string): string {
  const safe = `CASE WHEN regexp_matches(${text}, ${sqlText(formula)}) THEN concat('''', ${text}) ELSE ${text} END`;
  const quoted = (value: string) => `concat('"', replace(${value}, '"', '""'), '"')`;
  const isUsual = `ascii(${text}) ${usualCodes} AND ascii(${text}) NOT IN ${formulaCodes}`;
  const isSpecial = [',', '"', '\n', '\r'].map((mark) => `contains(${text}, ${sqlText(mark)})`).join(' OR ');
  return `CASE
    WHEN ${text} IS NULL THEN ''
    WHEN ${isUsual} THEN CASE WHEN ${isSpecial} THEN ${quoted(text)} ELSE ${text} END
    WHEN regexp_matches(${text}, ${sqlText(special)}) THEN ${quoted(safe)}
    ELSE ${safe} END`;
}

export { csvCell, csvCellSql };
