// Regular expressions of RE2 for what `spellings/escapes` decodes; letter case does not matter to any.

const hex = (code: number) => code.toString(16).padStart(2, '0');

/** The digits of letters and digits, which nobody has to escape. */
const alphanumericDigits = '(?:3[0-9]|4[1-9a-f]|5[0-9a]|6[1-9a-f]|7[0-9a])';

/** An ASCII character with these digits (a pattern), in percent signs of any number of rounds or escaped for JSON. */
function escaped(digits: string): string {
  return `%(?:25)*${digits}|\\\\+u00${digits}`;
}

/** A character as it is, behind backslashes, or, unless it is a letter or a digit, escaped. */
function character(text: string): string {
  if (/^[a-z0-9]$/i.test(text)) return `\\\\*${text}`;
  const digits = hex(text.charCodeAt(0));
  return `(?:\\\\*\\x${digits}|${escaped(digits)})`;
}

/** At least a part of a character beyond ASCII. */
const foreign =
  '(?:[^\\x00-\\x7f]|%(?:25)*[89a-f][0-9a-f]|\\\\+u(?:00[89a-f]|0[1-9a-f][0-9a-f]|[1-9a-f][0-9a-f]{2})[0-9a-f])';

/**
 * What hides a text from every other pattern: letters and digits that are escaped, and escapes of what
 * escapes are made of. A percent sign or a backslash that is only doubled is no such thing.
 */
const unusualEscape = `${escaped(alphanumericDigits)}|${escaped('5c')}|\\\\+u0025`;

export { alphanumericDigits, character, escaped, foreign, unusualEscape };
