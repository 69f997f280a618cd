/** Maximum length of a text in a cell of Excel, in UTF-16 units. */
const maxTextLength = 32_767;

/** Ends a text that was cut. */
const cutMark = '…';

/** Characters that XML 1.0 cannot contain, and the carriage return, which every XML reader changes. */
const forbidden = String.raw`\u0000-\u0008\u000b-\u001f\ufffe\uffff`;

/** Characters to escape. An underscore is escaped where Excel would read it as the beginning of an escape. */
const special = new RegExp(`[&<>${forbidden}]|_(?=x[0-9A-Fa-f]{4}(?:_|[${forbidden}]))`, 'g');

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Formats a character as Excel does: `_x0001_`. */
function escaped(character: string): string {
  const code = character.charCodeAt(0).toString(16).toUpperCase();
  return entities[character] ?? `_x${code.padStart(4, '0')}_`;
}

/**
 * Escapes a text for the XML of a sheet, so that Excel shows the same text. A surrogate without its pair becomes U+FFFD
 * when the XML is encoded.
 */
function sheetText(text: string): string {
  return text.replace(special, escaped);
}

/** Cuts a text to the length that a cell can have, with a mark at its end. A character is never halved. */
function fittingText(text: string): string {
  if (text.length <= maxTextLength) return text;
  const kept = text.slice(0, maxTextLength - cutMark.length);
  return kept.replace(/[\ud800-\udbff]$/, '') + cutMark;
}

export { fittingText, maxTextLength, sheetText };
