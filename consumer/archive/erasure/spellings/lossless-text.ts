import { isUtf8 } from 'node:buffer';
import type { Replacement } from './replacement';

// Valid UTF-8 beyond ASCII, as the characters of latin1, or a byte that is not part of any.
const beyondAscii =
  /((?:[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}){1,999})|[\x80-\xff]/g;

/**
 * The characters for bytes that are not UTF-8: U+DC80 for 0x80, up to U+DCFF. No text in UTF-8 contains these alone.
 */
const strayBase = 0xdc00;
const stray = /[\udc80-\udcff]/gu;
/** One of these, alone or as the second half of a character. */
const half = /[\udc80-\udcff]/;

/**
 * Decodes bytes to text: UTF-8 to its characters, and each invalid byte to a lone surrogate. Damage in one place does
 * not change any other.
 */
function textOf(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString('utf8');
  return bytes
    .toString('latin1')
    .replace(beyondAscii, (found, text: string | undefined) =>
      text === undefined
        ? String.fromCharCode(strayBase + found.charCodeAt(0))
        : Buffer.from(text, 'latin1').toString('utf8'),
    );
}

/** Counts the bytes of a part of such a text. */
function byteLength(text: string): number {
  // A lone surrogate would be encoded in three bytes.
  return Buffer.byteLength(text) - 2 * (text.match(stray)?.length ?? 0);
}

/** Replaces a stray byte by its letter in latin1, the charset of addresses beyond ASCII before UTF-8. */
function withLatin1Letters(text: string): string {
  if (!half.test(text)) return text;
  return text.replace(stray, (found) => String.fromCharCode(found.charCodeAt(0) - strayBase));
}

/** Moves replacements in the text of bytes to their places in the bytes. */
function inBytes(text: string, replacements: readonly Replacement[]): Replacement[] {
  let [at, byte] = [0, 0];
  const byteOf = (index: number) => {
    byte += byteLength(text.slice(at, index));
    at = index;
    return byte;
  };
  return replacements.map((next) => ({ ...next, start: byteOf(next.start), end: byteOf(next.end) }));
}

/** Makes replacements in the bytes from one place to another. All other bytes remain unchanged. */
function replacedBytes(
  bytes: Buffer,
  replacements: readonly Replacement[],
  from = 0,
  to = bytes.length,
): Buffer {
  const parts: Buffer[] = [];
  let at = from;
  for (const { start, end, text } of replacements) {
    parts.push(bytes.subarray(at, start), Buffer.from(text));
    at = end;
  }
  return Buffer.concat([...parts, bytes.subarray(at, to)]);
}

export { byteLength, inBytes, replacedBytes, textOf, withLatin1Letters };
