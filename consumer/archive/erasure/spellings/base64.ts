import { type ByteSet, type ByteSets, base64Bytes, bytesOf, inBase64 } from './base64-bytes';
import { escapePattern } from './escapes';
import { byteLength, inBytes, replacedBytes, textOf } from './lossless-text';
import { type FindReplacements, type Replacement, shifted } from './replacement';

/** The shortest address, `a@b.c`, takes seven. */
const runs = /[A-Za-z0-9+/_-]{7,}={0,2}/g;

/** In a longer run a path or a name before the base64 is not looked for, and never behind more parts. */
const longestPath = 4096;
const mostParts = 32;

/** In links these also stand between the parts of a path or a name. */
const partEnd = /[+/_-]/;
const partEnds = new RegExp(partEnd.source, 'g');

/** A link goes on here: in it a slash ends base64 and is none of its signs. */
const linkBefore = /[a-z]:(?:\/\/[^\s"'<>]*)?$/i;

/** Bytes without one of these hold no address. */
const addressSign = /@|%(?:25)*40|\\u0040|=\?/i;

/** Base64 within base64: the shortest address takes ten characters, and so deep it is looked for. */
const innerRuns = /[A-Za-z0-9+/_-]{10,}/g;
const deepest = 4;

/** Control characters that no text has, and what stands for bytes that are no UTF-8. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const noText = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\udc80-\udcff]/gu;

/** Whether the bytes that base64 stands for may hold an address, or base64 that does. */
function hasSign(run: string, depth = 1): boolean {
  const text = Buffer.from(run, 'base64').toString('latin1');
  if (addressSign.test(text)) return true;
  if (depth === deepest) return false;
  return (text.match(innerRuns) ?? []).some((inner) =>
    [0, 1, 2, 3].some((start) => hasSign(inner.slice(start), depth + 1)),
  );
}

/** Where base64 may start in a run: at its start, after a cut, or behind what a link has before it. */
function startsIn(run: string): Set<number> {
  // From a start on, four characters make a group: other starts give the ends of what these four give.
  const starts = new Set([0, 1, 2, 3].filter((start) => hasSign(run.slice(start))));
  if (starts.size === 0) return starts;
  if (run.length > longestPath) return starts;
  for (const { index } of run.matchAll(partEnds)) {
    if (starts.size >= mostParts) break;
    starts.add(index + 1);
  }
  return starts;
}

/** Bytes as base64 in the alphabet and with the padding that the original has. */
function encodedLike(original: string, bytes: Buffer, isPadded: boolean): string {
  const encoded = bytes.toString(/[-_]/.test(original) ? 'base64url' : 'base64').replace(/=+$/, '');
  return isPadded ? encoded.padEnd(Math.ceil(encoded.length / 4) * 4, '=') : encoded;
}

/** Whether base64 may end behind so many of its characters: in whole bytes, with the bits behind them zero. */
function isWholeAt(encoded: string, end: number): boolean {
  if (end % 4 === 0) return true;
  const last = Buffer.from(`AAA${encoded[end - 1]}`, 'base64')[2] ?? 0; // its six bits, and two before them
  return end % 4 !== 1 && (last & (end % 4 === 2 ? 15 : 3)) === 0;
}

/**
 * Where base64 ends that holds an address: with its run, or with a part of it when what is behind that part
 * is no text.
 *
 * @param addressEnd the byte behind the address
 * @param textEnd the first byte from there on that no text has
 */
function tokenEnd(encoded: string, addressEnd: number, textEnd: number): number {
  const padding = encoded.endsWith('==') ? 2 : Number(encoded.endsWith('='));
  const whole = encoded.length - padding;
  const last = Math.min(whole, Math.ceil((4 * (textEnd + 1)) / 3) - 1);
  for (let end = last; end >= (4 * addressEnd) / 3; end--) {
    if (end < whole && !partEnd.test(encoded[end] ?? '')) continue;
    if (isWholeAt(encoded, end)) return end === whole ? encoded.length : end;
  }
  return encoded.length;
}

/** Where the text ends that goes on from a place: its index, and the byte that stands there. */
function textEndFrom(text: string, index: number, byte: number): { index: number; byte: number } {
  noText.lastIndex = index;
  const end = noText.exec(text)?.index ?? text.length;
  return { index: end, byte: byte + byteLength(text.slice(index, end)) };
}

/**
 * What is to be replaced in base64 that starts here: of each address the characters from its first byte on.
 *
 * @param isPart whether it is a part of a link's path, where nobody pads
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
      // The next address shares characters with this part, so they are one.
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

/** What is to be replaced in a run of base64's characters. */
function inRun(run: string, find: FindReplacements, isPart = false): Replacement[] {
  return [...startsIn(run)].flatMap((start) => {
    const encoded = run.slice(start);
    return hasSign(encoded) ? shifted([...inOneRun(encoded, find, isPart)], start) : [];
  });
}

/** The parts of a path, which a run of characters also is in a link. */
function inParts(run: string, find: FindReplacements): Replacement[] {
  return Array.from(run.matchAll(/[^/]{7,}/g), ({ 0: part, index }) =>
    shifted(inRun(part, find, true), index),
  ).flat();
}

/** What is to be replaced in the base64 within a text. */
function* base64Runs(text: string, find: FindReplacements): Generator<Replacement, void> {
  for (const { 0: run, index } of text.matchAll(runs)) {
    const found = inRun(run, find);
    const isPath = found.length > 0 && linkBefore.test(text.slice(Math.max(0, index - longestPath), index));
    const parts = isPath ? inParts(run, find) : [];
    const others = found.filter((one) =>
      parts.every(({ start, end }) => one.end <= start || end <= one.start),
    );
    yield* shifted([...parts, ...others], index);
  }
}

// How base64 is found: regular expressions of RE2 in which letter case matters.

const beyondAscii: ByteSet = bytesOf(String.fromCharCode(...Array.from({ length: 128 }, (_, i) => 128 + i)));
const hexDigits = bytesOf('0123456789abcdefABCDEF');
const printable: ByteSet = new Set(Array.from({ length: 222 }, (_, index) => 0x22 + index).concat(0x21));
/** What an `@`, what stands for one, or an escape of it starts with; and what may come next. */
const separatorBytes = bytesOf('@=%"\\');
const behindSeparator = union(
  bytesOf('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789[%\\"@='),
  beyondAscii,
);
const charsetBytes = union(bytesOf('.*+?'), base64Bytes);

/** Base64 is looked for from this many characters on. */
const shortestRun = 7;
/** Of base64 within base64 so many levels are looked into with the address; deeper ones are told by their alphabet. */
const exactLevels = 2;

function union(...sets: readonly ByteSet[]): ByteSet {
  return new Set(sets.flatMap((set) => [...set]));
}

const isAscii = (text: string) => /^\p{ASCII}*$/u.test(text);
const bothCases = (text: string) => bytesOf(text.toLowerCase() + text.toUpperCase());

/** Texts as base64 has them, and base64 of that, and so on. */
function atLevel(texts: readonly ByteSets[], level: number): readonly ByteSets[] {
  return level === 0 ? texts : atLevel(texts.flatMap(inBase64), level - 1);
}

/** The alphabet's signs as a link or JSON escapes them, or a quoted word. */
const escapedSign = `(?i:${escapePattern('(?:2[bdf]|5f)')}|\\\\+/|=(?:2[bdf]|5f))`;

function bytePattern(characters: ByteSet): string {
  const text = Buffer.from([...characters]).toString('latin1');
  const set = `[${text.replace('-', '\\-')}]`;
  return /[+/_-]/.test(text) ? `(?:${set}|${escapedSign})` : set;
}

/** A regular expression for any of these texts; letter case matters. */
function bytesPattern(texts: readonly ByteSets[]): string {
  return texts.map((text) => text.map(bytePattern).join('')).join('|');
}

/** The local part and what comes next, in any letter case; of one with letters beyond ASCII its longest stretch. */
function literalLocal(local: string): ByteSets {
  const stretches = local.normalize('NFD').split(/\p{ASCII}?\P{ASCII}+/u);
  const longest = stretches.reduce((one, other) => (other.length > one.length ? other : one));
  const last = stretches.at(-1) ?? '';
  const isLast = longest === last;
  const stretch = longest.length > 2 || isLast ? longest : last;
  return [
    ...(stretches.length > 1 && stretch === last && stretch.length < 3 ? [beyondAscii] : []),
    ...[...stretch].map(bothCases),
    ...(stretch === last ? [separatorBytes, behindSeparator] : []),
  ];
}

/** What the escapes of an address, or of base64, look like. */
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

/** The local part however it is escaped, or base64 however that is: at least so many bytes of a few. */
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

/** The shortest base64 that an address with this local part can be, in characters. */
function shortestBase64(local: string): number {
  return Math.max(shortestRun, Math.ceil((4 * (local.normalize('NFC').length + 2)) / 3));
}

/** Base64 within a text, as regular expressions. */
interface Base64Needles {
  /** One that is found in every text in which one of the others is of use: it alone is looked for in all. */
  sign: string;
  /** One that finds an address which is not escaped, encoded words, and base64 at a depth. */
  plain: string;
  /** Both of a pair have to be found: something escaped, and the rest of an address or of base64 around it. */
  escaped: readonly (readonly [escape: string, text: string])[];
}

/** What to look for in base64 to find those texts that may hold an address with this local part. */
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
