import { hasBase64Sign } from './address-signs';
import { type ByteSet, type ByteSets, base64Bytes, bytesOf, inBase64 } from './base64-bytes';
import { escapePattern } from './escapes';
import { byteLength, inBytes, replacedBytes, textOf } from './lossless-text';
import { type FindReplacements, type Replacement, shifted } from './replacement';

/** The shortest address, `a@b.c`, has seven characters in base64. */
const runs = /[A-Za-z0-9+/_-]{7,}={0,2}/g;

/** A longer run is not searched for a path or a name before the base64, and no run for more parts than this. */
const longestPath = 4096;
const maxParts = 32;

/** In links, these also separate the parts of a path or a name. */
const partEnd = /[+/_-]/;
const partEnds = new RegExp(partEnd.source, 'g');

/** Matches text that ends within a link. In a link, a slash ends base64 and is not one of its signs. */
const linkBefore = /[a-z]:(?:\/\/[^\s"'<>]*)?$/i;

/** Bytes without one of these contain no address. */
const addressSign = /@|%(?:25)*40|\\u0040|=\?/i;

/** Base64 within base64: the shortest address has ten characters, and this is the maximum depth. */
const innerRuns = /[A-Za-z0-9+/_-]{10,}/g;
const deepest = 4;

/** Control characters that do not occur in texts, and the characters for bytes that are not UTF-8. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const noText = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\udc80-\udcff]/gu;

/** Whether the decoded bytes may contain an address, or base64 of one. */
function hasSign(run: string, depth = 1): boolean {
  const text = Buffer.from(run, 'base64').toString('latin1');
  if (addressSign.test(text)) return true;
  if (depth === deepest) return false;
  return (text.match(innerRuns) ?? []).some((inner) =>
    [0, 1, 2, 3].some((start) => hasSign(inner.slice(start), depth + 1)),
  );
}

/** The possible starts of base64 in a run: its first characters, and after each sign that separates parts of a link. */
function startsIn(run: string): Set<number> {
  // From a start, four characters make a group: any other start decodes to the ends of the texts of these four.
  const starts = new Set([0, 1, 2, 3].filter((start) => hasSign(run.slice(start))));
  if (starts.size === 0) return starts;
  if (run.length > longestPath) return starts;
  for (const { index } of run.matchAll(partEnds)) {
    if (starts.size >= maxParts) break;
    starts.add(index + 1);
  }
  return starts;
}

/** Encodes bytes in the original's alphabet and with its padding. */
function encodedLike(original: string, bytes: Buffer, isPadded: boolean): string {
  const encoded = bytes.toString(/[-_]/.test(original) ? 'base64url' : 'base64').replace(/=+$/, '');
  return isPadded ? encoded.padEnd(Math.ceil(encoded.length / 4) * 4, '=') : encoded;
}

/** Whether base64 can end after this number of characters: with whole bytes, and zeros in the remaining bits. */
function isCompleteAt(encoded: string, end: number): boolean {
  if (end % 4 === 0) return true;
  const last = Buffer.from(`AAA${encoded[end - 1]}`, 'base64')[2] ?? 0; // its six bits, and two before them
  return end % 4 !== 1 && (last & (end % 4 === 2 ? 15 : 3)) === 0;
}

/**
 * Finds the end of base64 that contains an address: the end of its run, or of a part of it when the rest is not text.
 *
 * @param addressEnd the byte after the address
 * @param textEnd the first byte from there that does not occur in texts
 */
function tokenEnd(encoded: string, addressEnd: number, textEnd: number): number {
  const padding = encoded.endsWith('==') ? 2 : Number(encoded.endsWith('='));
  const complete = encoded.length - padding;
  const last = Math.min(complete, Math.ceil((4 * (textEnd + 1)) / 3) - 1);
  for (let end = last; end >= (4 * addressEnd) / 3; end--) {
    if (end < complete && !partEnd.test(encoded[end] ?? '')) continue;
    if (isCompleteAt(encoded, end)) return end === complete ? encoded.length : end;
  }
  return encoded.length;
}

/** Finds the end of the text that continues from a place: its index and its byte. */
function textEndFrom(text: string, index: number, byte: number): { index: number; byte: number } {
  noText.lastIndex = index;
  const end = noText.exec(text)?.index ?? text.length;
  return { index: end, byte: byte + byteLength(text.slice(index, end)) };
}

/**
 * Finds the replacements in base64 that starts here: for each address, the characters from its first byte on.
 *
 * @param isPart whether it is a part of a link's path, which has no padding
 */
function* inOneRun(encoded: string, find: FindReplacements, isPart: boolean): Generator<Replacement, void> {
  const bytes = Buffer.from(encoded, 'base64');
  const text = textOf(bytes);
  const found = find(text);
  const places = inBytes(text, found);
  const startOf = (place: Replacement | undefined) =>
    place === undefined ? encoded.length : 4 * Math.floor(place.start / 3);
  let textEnd = { index: -1, byte: 0 };
  for (let at = 0; at < places.length; ) {
    const [first, index] = [places[at], found[at]?.end];
    if (first === undefined || index === undefined) return;
    if (index > textEnd.index) textEnd = textEndFrom(text, index, first.end);
    let end = tokenEnd(encoded, first.end, textEnd.byte);
    const lastByte = () => (end === encoded.length ? bytes.length : Math.floor((3 * end) / 4));
    let next = at + 1;
    while (next < places.length && (places[next]?.end ?? 0) <= lastByte()) next++;
    if (startOf(places[next]) < end) {
      // The next address shares characters with this part, so both are replaced together.
      end = encoded.length;
      next = places.length;
    }
    const start = startOf(first);
    const original = encoded.slice(start, end);
    const isPadded = original.endsWith('=') || (!isPart && end === encoded.length && end % 4 === 0);
    const changed = replacedBytes(bytes, places.slice(at, next), (3 * start) / 4, lastByte());
    yield { start, end, text: encodedLike(original, changed, isPadded) };
    at = next;
  }
}

/** Finds the replacements in a run of base64's characters. */
function inRun(run: string, find: FindReplacements, isPart = false): Replacement[] {
  return [...startsIn(run)].flatMap((start) => {
    const encoded = run.slice(start);
    return hasSign(encoded) ? shifted([...inOneRun(encoded, find, isPart)], start) : [];
  });
}

/** Finds the replacements in the parts of a path: in a link, a run of characters is also a path. */
function inParts(run: string, find: FindReplacements): Replacement[] {
  return Array.from(run.matchAll(/[^/]{7,}/g), ({ 0: part, index }) =>
    shifted(inRun(part, find, true), index),
  ).flat();
}

/** Finds the replacements in the base64 within a text. */
function* base64Runs(text: string, find: FindReplacements): Generator<Replacement, void> {
  if (!hasBase64Sign(text)) return;
  for (const { 0: run, index } of text.matchAll(runs)) {
    if (!hasBase64Sign(run)) continue;
    const found = inRun(run, find);
    const isPath = found.length > 0 && linkBefore.test(text.slice(Math.max(0, index - longestPath), index));
    const parts = isPath ? inParts(run, find) : [];
    const others = found.filter((one) =>
      parts.every(({ start, end }) => one.end <= start || end <= one.start),
    );
    yield* shifted([...parts, ...others], index);
  }
}

// Patterns for finding base64: case-sensitive regular expressions of RE2.

const beyondAscii: ByteSet = bytesOf(String.fromCharCode(...Array.from({ length: 128 }, (_, i) => 128 + i)));
const hexDigits = bytesOf('0123456789abcdefABCDEF');
const printable: ByteSet = new Set(Array.from({ length: 222 }, (_, index) => 0x22 + index).concat(0x21));
/** The first bytes of an `@`, of its substitutes and of its escapes; and the bytes that can follow. */
const separatorBytes = bytesOf('@=%"\\');
const afterSeparator = union(
  bytesOf('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789[%\\"@='),
  beyondAscii,
);
const charsetBytes = union(bytesOf('.*+?'), base64Bytes);

/** Minimum length of base64 to search, in characters. */
const shortestRun = 7;
/** Levels of base64 within base64 that are searched for the address. Deeper levels are detected by their alphabet. */
const exactLevels = 2;

function union(...sets: readonly ByteSet[]): ByteSet {
  return new Set(sets.flatMap((set) => [...set]));
}

const isAscii = (text: string) => /^\p{ASCII}*$/u.test(text);
const bothCases = (text: string) => bytesOf(text.toLowerCase() + text.toUpperCase());

/** Encodes texts in base64 repeatedly, as often as the level. */
function atLevel(texts: readonly ByteSets[], level: number): readonly ByteSets[] {
  return level === 0 ? texts : atLevel(texts.flatMap(inBase64), level - 1);
}

/** The alphabet's signs, escaped in a link, in JSON or in a quoted word. */
const escapedSign = `(?i:${escapePattern('(?:2[bdf]|5f)')}|\\\\+/|=(?:2[bdf]|5f))`;

function bytePattern(characters: ByteSet): string {
  const text = Buffer.from([...characters]).toString('latin1');
  const set = `[${text.replace('-', '\\-')}]`;
  return /[+/_-]/.test(text) ? `(?:${set}|${escapedSign})` : set;
}

/** A case-sensitive regular expression for any of these texts. */
function bytesPattern(texts: readonly ByteSets[]): string {
  return texts.map((text) => text.map(bytePattern).join('')).join('|');
}

/**
 * The local part and the next byte, in any letter case. Of one with letters beyond ASCII, only its longest ASCII
 * stretch.
 */
function literalLocal(local: string): ByteSets {
  const stretches = local.normalize('NFD').split(/\p{ASCII}?\P{ASCII}+/u);
  const longest = stretches.reduce((one, other) => (other.length > one.length ? other : one));
  const last = stretches.at(-1) ?? '';
  const isLast = longest === last;
  const stretch = longest.length > 2 || isLast ? longest : last;
  return [
    ...(stretches.length > 1 && stretch === last && stretch.length < 3 ? [beyondAscii] : []),
    ...[...stretch].map(bothCases),
    ...(stretch === last ? [separatorBytes, afterSeparator] : []),
  ];
}

/** The possible bytes of the escapes of an address, or of base64. */
function escapesOf(local: string): readonly ByteSets[] {
  const [percent, backslash] = [bytesOf('%'), bytesOf('\\')];
  const letters = bothCases(local.replace(/\P{ASCII}/gu, ''));
  const quoted = union(letters, bytesOf('"\\'), isAscii(local) ? new Set() : beyondAscii);
  return [
    [percent, hexDigits, hexDigits],
    [backslash, bytesOf('u'), hexDigits, hexDigits],
    [quoted, backslash, letters],
    ...(local.includes('/') ? [[backslash, bytesOf('/')]] : []),
    ...(/k/i.test(local) ? [[...Buffer.from('\u212a')].map((byte): ByteSet => new Set([byte]))] : []),
  ];
}

/** The local part with any escapes, or base64 with any escapes: a minimum number of bytes out of a few. */
function escapedTexts(local: string): readonly ByteSets[] {
  const bytes = isAscii(local)
    ? union(bothCases(local), hexDigits, bytesOf('%\\u"'), /k/i.test(local) ? beyondAscii : new Set())
    : printable;
  return [
    [...Array<ByteSet>(local.normalize('NFC').length).fill(bytes), separatorBytes],
    Array<ByteSet>(shortestRun).fill(union(base64Bytes, bytesOf('%\\'))),
  ];
}

/** An encoded word, or one whose first signs are escaped. */
const encodedWordStarts: readonly ByteSets[] = [
  [bytesOf('=Dd'), bytesOf('?'), charsetBytes, charsetBytes],
  [bytesOf('=Dd'), bytesOf('%'), bytesOf('23'), bytesOf('5Ff')],
  [bytesOf('=Dd'), bytesOf('\\'), bytesOf('u\\'), bytesOf('0u\\')],
];

/** The minimum length of base64 for an address with this local part, in characters. */
function shortestBase64(local: string): number {
  return Math.max(shortestRun, Math.ceil((4 * (local.normalize('NFC').length + 2)) / 3));
}

/** Regular expressions for base64 within a text. */
interface Base64Needles {
  /** Matches every text that any of the others can match: only this one is searched for in all texts. */
  sign: string;
  /** Matches an unescaped address, encoded words, and base64 within base64. */
  plain: string;
  /** Both patterns of a pair have to match: an escape, and the rest of an address or of base64 around it. */
  escaped: readonly (readonly [escape: string, text: string])[];
}

/** Makes the patterns for base64 that may contain an address with this local part. */
function base64Needles(local: string): Base64Needles {
  const levels = Array.from({ length: exactLevels }, (_, index) => index + 1);
  const visible = [literalLocal(local), ...encodedWordStarts];
  const hidden = Array<ByteSet>(shortestBase64(local)).fill(base64Bytes);
  return {
    sign: bytesPattern(atLevel([...visible, ...escapesOf(local), hidden], 1)),
    plain: bytesPattern([
      ...levels.flatMap((level) => atLevel(visible, level)),
      ...atLevel([hidden], exactLevels),
    ]),
    escaped: levels.map((level) => [
      bytesPattern(atLevel(escapesOf(local), level)),
      bytesPattern(atLevel(escapedTexts(local), level)),
    ]),
  };
}

export { type Base64Needles, base64Needles, base64Runs, bytesPattern, shortestBase64 };
