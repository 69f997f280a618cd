import { isAscii } from 'node:buffer';
import { TextDecoder } from 'node:util';
import { bytesPattern } from './base64';
import { type ByteSets, base64Bytes, bytesOf, inBase64 } from './base64-bytes';
import { alphanumericDigits, characterPattern } from './escapes';
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

/** The decoders of charsets, because a new one takes longer than a word. */
const decoders = new Map<string, TextDecoder | undefined>();
const mostDecoders = 100;

/** Returns the decoder of a charset; undefined for an unknown one. */
function decoderOf(charset: string): TextDecoder | undefined {
  if (decoders.has(charset)) return decoders.get(charset);
  let decoder: TextDecoder | undefined;
  try {
    decoder = new TextDecoder(charset.replace(/\*.*$/, ''));
  } catch {} // an unknown charset
  if (decoders.size >= mostDecoders) decoders.clear();
  decoders.set(charset, decoder);
  return decoder;
}

function wordText(charset: string, bytes: Buffer): string {
  // Addresses are ASCII in nearly all charsets.
  return decoderOf(charset)?.decode(bytes) ?? bytes.toString('latin1');
}

/** Decodes adjacent words as one text: a word may end in the middle of a character. */
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
 * Finds the replacements of encoded words in header fields.
 * @see https://www.rfc-editor.org/rfc/rfc2047
 */
function* encodedWords(text: string, find: FindReplacements): Generator<Replacement, void> {
  if (!text.includes('=?')) return;
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

// Patterns for finding encoded words. Words are joined before they are decoded, and an address can be split between
// them at any byte. So a word with a sign of any address is a candidate; most names and subjects have none.

const [question, equals, hyphen] = [characterPattern('?'), characterPattern('='), characterPattern('-')];
const charset = '[\\w.*+%\\\\-]+';
/** From the end of a word to the encoding of the adjacent one. */
const betweenWords = `\\?${equals}(?:[\\s\\\\%a-z0-9]|[^\\x00-\\x7f])*${equals}${question}${charset}${question}`;
const startOf = (encoding: 'b' | 'q') => `${question}${encoding}${question}`;

/** Charsets in which ASCII characters do not, or not always, have ASCII's bytes. */
const otherCharset = `${equals}${question}(?:${['utf-16', 'ucs-2', 'unicode', 'csunicode', 'iso-10646', 'iso-2022-jp', 'csiso2022jp'].map((name) => name.replaceAll('-', hyphen)).join('|')})`;

/** In a quoted word: an `@`, or a part of an escape, of a word within the word or of escaped base64. */
const quotedSign = [
  '[@\\\\]',
  '%[0-9a-f=?]',
  '=25[0-9a-f=?]',
  '=(?:40|3d|5c)',
  `=${alphanumericDigits}`,
  '=[^0-9a-f]|=[0-9a-f][^0-9a-f]',
].join('|');
const quotedWord = `${startOf('q')}[^?\\s]*(?:${quotedSign})`;

/** A pattern for base64, from its start, with these bytes at any place. */
function somewhere(bytes: ByteSets): string {
  const signs = inBase64(bytes).map((text, skipped) => {
    const before = `[A-Za-z0-9+/_-]{${skipped}}`;
    return before + bytesPattern([text]);
  });
  return `(?:[A-Za-z0-9+/_-]{4})*(?:${signs.join('|')})`;
}

const hexDigits = bytesOf('0123456789abcdefABCDEF');
const base64Word = `${startOf('b')}(?:${[
  somewhere([bytesOf('@=\\')]),
  somewhere([bytesOf('%'), hexDigits]),
  `${somewhere([bytesOf('%')])}=*${question}`,
  // The decoder skips characters that are not base64.
  '[^?\\s]*(?:[^A-Za-z0-9+/=_?\\s-]|=[^=?])',
].join('|')})`;

/** Adjacent words over which this many characters of base64 can be split: half of them in one word, or a whole word. */
function splitBase64(length: number): string {
  const half = Math.ceil(length / 2);
  const quoted = '(?:[a-z0-9+/-]|=2[bdf]|=5f)';
  const encoded = (count: number) => inBase64(Array(count).fill(base64Bytes));
  const atStart = (count: number) => bytesPattern(encoded(count).slice(0, 1));
  const complete = `(?-i:(?:${atStart(3)})*(?:${atStart(1)}|${atStart(2)})?)`;
  const ends = `(?:${startOf('q')}(?:[^?\\s]*${quoted}{${half}}|${quoted}+)|(?-i:${bytesPattern(encoded(half))})=*|${startOf('b')}${complete}=*)`;
  const starts = `(?:q${question}${quoted}{${half}}|b${question}(?-i:${atStart(half)}))`;
  return `${ends}${betweenWords}|${betweenWords}${starts}`;
}

/**
 * Makes a regular expression of RE2 for encoded words that may contain an address, in any letter case.
 *
 * @param base64Length the minimum length of the address in base64, in characters
 */
function encodedWordsPattern(base64Length: number): string {
  return [
    quotedWord,
    otherCharset,
    `(?-i:${base64Word.replaceAll(startOf('b'), `(?i:${startOf('b')})`)})`,
    splitBase64(base64Length),
  ].join('|');
}

export { encodedWords, encodedWordsPattern };
