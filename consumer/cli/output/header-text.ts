import { terminalText } from './terminal-text';

let decode: ((text: string) => string) | undefined;

/** The last texts that were decoded: a campaign's messages have one subject and one sender. */
const known = new Map<string, string>();
const mostKnown = 1000;
const longestKnown = 1000;

/** The encoded words of a text decoded. The library is loaded for the first of them: most commands meet none. */
function decodedWords(text: string): string {
  // What the module exports is what its types say.
  decode ??= (require('postal-mime') as typeof import('postal-mime')).decodeWords;
  const decoded = known.get(text) ?? decode(text);
  if (text.length <= longestKnown) {
    if (known.size === mostKnown) known.clear();
    known.set(text, decoded);
  }
  return decoded;
}

/**
 * The value of a header as a person reads it: MIME-encoded words (RFC 2047) are decoded, and what a terminal would obey
 * is shown instead, behind the decoding too. It is not the value any more: no lossless output may have it.
 *
 * @example
 * ```ts
 * headerText('=?UTF-8?B?R3LDvG4=?= <news@shop.example>'); // Grün <news@shop.example>
 * ```
 */
function headerText(text: string): string {
  return terminalText(text.includes('=?') ? decodedWords(text) : text);
}

export { headerText };
