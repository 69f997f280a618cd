import { isAscii } from 'node:buffer';
import { type FindReplacements, type Replacement, replaced } from './replacement';

const word = '=\\?[\\w.*+-]+\\?[BbQq]\\?[^?\\s]*\\?=';
const words = new RegExp(`${word}(?:\\s+${word})*`, 'g');
const wordParts = /=\?([\w.*+-]+)\?([BbQq])\?([^?\s]*)\?=/g;

function wordBytes(encoding: string, text: string): Buffer {
  if (encoding.toLowerCase() === 'b') return Buffer.from(text, 'base64');
  const binary = text
    .replaceAll('_', ' ')
    .replace(/=([\dA-Fa-f]{2})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
  return Buffer.from(binary, 'latin1');
}

function wordText(charset: string, bytes: Buffer): string {
  try {
    return new TextDecoder(charset.replace(/\*.*$/, '')).decode(bytes);
  } catch {
    return bytes.toString('latin1'); // a charset that nobody knows; addresses are ASCII in nearly all
  }
}

/** Words that stand beside each other are one text, of which a word may hold half a character. */
function decodedWords(run: string): string {
  let text = '';
  let charset = '';
  let bytes: Buffer[] = [];
  for (const [, next = '', encoding = '', encoded = ''] of run.matchAll(wordParts)) {
    if (next !== charset) {
      text += wordText(charset, Buffer.concat(bytes));
      bytes = [];
      charset = next;
    }
    bytes.push(wordBytes(encoding, encoded));
  }
  return text + wordText(charset, Buffer.concat(bytes));
}

/**
 * The encoded words of header fields whose text is to be replaced.
 * @see https://www.rfc-editor.org/rfc/rfc2047
 */
function* encodedWords(text: string, find: FindReplacements): Generator<Replacement, void> {
  for (const { 0: run, index } of text.matchAll(words)) {
    const plain = decodedWords(run);
    const found = find(plain);
    if (found.length === 0) continue;
    const erased = replaced(plain, found);
    const bytes = Buffer.from(erased);
    const isPlain = isAscii(bytes) && !/[?=\s]/.test(erased);
    yield {
      start: index,
      end: index + run.length,
      text: isPlain ? erased : `=?UTF-8?B?${bytes.toString('base64')}?=`,
    };
  }
}

export { encodedWords };
