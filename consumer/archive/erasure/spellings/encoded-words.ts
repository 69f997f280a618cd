import { isAscii } from 'node:buffer';
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

// How encoded words are found. They are joined before they are read, and an address may be split over them at any byte. So those
// that hold a sign of an address are not ruled out, whoever's it is: in most names and subjects there is none.

const [question, equals, hyphen] = [characterPattern('?'), characterPattern('='), characterPattern('-')];
const charset = '[\\w.*+%\\\\-]+';
/** From the end of a word to the encoding of one that stands beside it. */
const betweenWords = `\\?${equals}(?:[\\s\\\\%a-z0-9]|[^\\x00-\\x7f])*${equals}${question}${charset}${question}`;
const startOf = (encoding: 'b' | 'q') => `${question}${encoding}${question}`;

/** Charsets in which ASCII is not written in ASCII's bytes, or not always. */
const otherCharset = `${equals}${question}(?:${['utf-16', 'ucs-2', 'unicode', 'csunicode', 'iso-10646', 'iso-2022-jp', 'csiso2022jp'].map((name) => name.replaceAll('-', hyphen)).join('|')})`;

/** In a quoted word: an `@`, or what an escape, a word within the word or escaped base64 is made of. */
const quotedSign = [
  '[@\\\\]',
  '%[0-9a-f=?]',
  '=25[0-9a-f=?]',
  '=(?:40|3d|5c)',
  `=${alphanumericDigits}`,
  '=[^0-9a-f]|=[0-9a-f][^0-9a-f]',
].join('|');
const quotedWord = `${startOf('q')}[^?\\s]*(?:${quotedSign})`;

/** Base64 from its start on that has these bytes somewhere. */
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
  // What is no base64 is left out before the rest is decoded.
  '[^?\\s]*(?:[^A-Za-z0-9+/=_?\\s-]|=[^=?])',
].join('|')})`;

/** Words beside each other over which base64 of so many characters may be split: half of it, or a whole word of it. */
function splitBase64(length: number): string {
  const half = Math.ceil(length / 2);
  const quoted = '(?:[a-z0-9+/-]|=2[bdf]|=5f)';
  const encoded = (count: number) => inBase64(Array(count).fill(base64Bytes));
  const atStart = (count: number) => bytesPattern(encoded(count).slice(0, 1));
  const whole = `(?-i:(?:${atStart(3)})*(?:${atStart(1)}|${atStart(2)})?)`;
  const ends = `(?:${startOf('q')}(?:[^?\\s]*${quoted}{${half}}|${quoted}+)|(?-i:${bytesPattern(encoded(half))})=*|${startOf('b')}${whole}=*)`;
  const starts = `(?:q${question}${quoted}{${half}}|b${question}(?-i:${atStart(half)}))`;
  return `${ends}${betweenWords}|${betweenWords}${starts}`;
}

/**
 * A regular expression of RE2 for encoded words that may hold an address, in any letter case.
 *
 * @param base64Length the characters that the address takes at least in base64
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
