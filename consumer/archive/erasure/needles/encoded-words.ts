import { type ByteSets, base64Bytes, bytesOf, inBase64 } from './base64-bytes';
import { patternOf } from './base64-text';
import { alphanumericDigits, character } from './escapes';

// Encoded words are joined before they are read, and an address may be split over them at any byte. So those
// that hold a sign of an address are not ruled out, whoever's it is: in most names and subjects there is none.

const [question, equals, hyphen] = [character('?'), character('='), character('-')];
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
    return before + patternOf([text]);
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
  const atStart = (count: number) => patternOf(encoded(count).slice(0, 1));
  const whole = `(?-i:(?:${atStart(3)})*(?:${atStart(1)}|${atStart(2)})?)`;
  const ends = `(?:${startOf('q')}(?:[^?\\s]*${quoted}{${half}}|${quoted}+)|(?-i:${patternOf(encoded(half))})=*|${startOf('b')}${whole}=*)`;
  const starts = `(?:q${question}${quoted}{${half}}|b${question}(?-i:${atStart(half)}))`;
  return `${ends}${betweenWords}|${betweenWords}${starts}`;
}

/**
 * A regular expression for encoded words that may hold an address, in any letter case.
 *
 * @param base64Length the characters that the address takes at least in base64
 */
function encodedWords(base64Length: number): string {
  return [
    quotedWord,
    otherCharset,
    `(?-i:${base64Word.replaceAll(startOf('b'), `(?i:${startOf('b')})`)})`,
    splitBase64(base64Length),
  ].join('|');
}

export { encodedWords };
