import { terminalText } from './terminal-text';

let decode: ((text: string) => string) | undefined;

/** The texts decoded last, because the messages of a campaign have one subject and one sender. */
const decodedTexts = new Map<string, string>();
const maxDecodedTexts = 1000;
const maxKeptLength = 1000;

/** Decodes the encoded words of a text. The library is loaded on first use, because most commands do not need it. */
function decodedWords(text: string): string {
  // The module exports match its types.
  decode ??= (require('postal-mime') as typeof import('postal-mime')).decodeWords;
  const decoded = decodedTexts.get(text) ?? decode(text);
  if (text.length <= maxKeptLength) {
    if (decodedTexts.size === maxDecodedTexts) decodedTexts.clear();
    decodedTexts.set(text, decoded);
  }
  return decoded;
}

/**
 * Decodes a header for display: MIME-encoded words (RFC 2047) are decoded, and control characters are
 * escaped, also after decoding. The result is not the original value, so lossless output must not contain it.
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
