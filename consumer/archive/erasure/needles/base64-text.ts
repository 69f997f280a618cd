import { type ByteSet, type ByteSets, base64Bytes, bytesOf, inBase64 } from './base64-bytes';
import { escaped } from './escapes';

const beyondAscii: ByteSet = bytesOf(String.fromCharCode(...Array.from({ length: 128 }, (_, i) => 128 + i)));
const hexDigits = bytesOf('0123456789abcdefABCDEF');
const printable: ByteSet = new Set(Array.from({ length: 222 }, (_, index) => 0x22 + index).concat(0x21));
/** What an `@`, what stands for one, or an escape of it starts with; and what may come next. */
const separators = bytesOf('@=%"\\');
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
const escapedSign = `(?i:${escaped('(?:2[bdf]|5f)')}|\\\\+/|=(?:2[bdf]|5f))`;

function characterPattern(characters: ByteSet): string {
  const text = Buffer.from([...characters]).toString('latin1');
  const set = `[${text.replace('-', '\\-')}]`;
  return /[+/_-]/.test(text) ? `(?:${set}|${escapedSign})` : set;
}

/** A regular expression for any of these texts; letter case matters. */
function patternOf(texts: readonly ByteSets[]): string {
  return texts.map((text) => text.map(characterPattern).join('')).join('|');
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
    ...(stretch === last ? [separators, behindSeparator] : []),
  ];
}

/** What the escapes of an address, or of base64, look like. */
function escapes(local: string): readonly ByteSets[] {
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
    [...Array<ByteSet>(local.normalize('NFC').length).fill(bytes), separators],
    Array<ByteSet>(shortestRun).fill(union(base64Bytes, bytesOf('%\\'))),
  ];
}

/** An encoded word, or one whose first signs are escaped. */
const encodedWords: readonly ByteSets[] = [
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
  const visible = [literalLocal(local), ...encodedWords];
  const hidden = Array<ByteSet>(shortestBase64(local)).fill(base64Bytes);
  return {
    sign: patternOf(atLevel([...visible, ...escapes(local), hidden], 1)),
    plain: patternOf([
      ...levels.flatMap((level) => atLevel(visible, level)),
      ...atLevel([hidden], exactLevels),
    ]),
    escaped: levels.map((level) => [
      patternOf(atLevel(escapes(local), level)),
      patternOf(atLevel(escapedTexts(local), level)),
    ]),
  };
}

export { type Base64Needles, base64Needles, patternOf, shortestBase64 };
