import { at } from './address-patterns';
import { headerText } from './header-text';

const separators = new RegExp(at, 'gi');

/** Characters of a local part. A mark or a letter of any script can be one, and so can half of a surrogate pair. */
const localCharacter = /[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~.\ud800-\udfff-]/u;

/** MIME-encoded words, which can contain an address too. One can continue the other. */
const encodedWords = /(?:=\?[^?\s]{1,40}\?[bq]\?[^?\s]*\?=\s*)+/gi;

/** The text in place of a local part. */
const redactedMark = '***';

/** Returns the start of the quoted local part that ends before an index: the one of `"ana lopez"@example.com`. */
function quotedStart(text: string, end: number, from: number): number {
  for (let start = end - 2; start >= from; start--)
    if (text[start] === '"' && text[start - 1] !== '\\') return start;
  return from;
}

/** Returns the start of the local part that ends before an index. */
function localStart(text: string, end: number, from: number): number {
  if (text[end - 1] === '"') return quotedStart(text, end, from);
  let start = end;
  while (start > from && localCharacter.test(text[start - 1] ?? '')) start--;
  return start;
}

function redactedPlain(text: string): string {
  const parts: string[] = [];
  let done = 0;
  for (const { 0: separator, index } of text.matchAll(separators)) {
    const start = localStart(text, index, done);
    const end = index + separator.length;
    parts.push(text.slice(done, start), start < index ? redactedMark : '', separator);
    done = end;
  }
  parts.push(text.slice(done));
  return parts.join('');
}

/** Decodes encoded words that contain an address. Others remain. */
function decodedAddresses(words: string): string {
  const decoded = headerText(words);
  return redactedPlain(decoded) === decoded ? words : decoded;
}

/**
 * Replaces the part before the `@` of every address in a text with `***`, for a screen that others can see. The domains
 * remain. MIME-encoded words that contain an address are decoded. In a link, the text before an address is masked too where an address could contain it. Takes time in proportion to
 * the length of the text.
 *
 * @example
 * ```ts
 * redactedText('550 5.1.1 <ana.lopez@example.com>: unknown'); // 550 5.1.1 <***@example.com>: unknown
 * ```
 */
function redactedText(text: string): string {
  return redactedPlain(text.includes('=?') ? text.replaceAll(encodedWords, decodedAddresses) : text);
}

export { redactedMark, redactedText };
