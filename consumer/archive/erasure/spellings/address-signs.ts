/**
 * The signs of an address in a JSON text, from byte to byte: without one of them, no text in it contains an address in any
 * spelling that findInText searches for. Each `@` has to be written in one of these ways:
 *
 * - as it is;
 * - with an escape of a link, of JSON within a text, or of JSON beyond the usual ones, or in encoded words;
 * - in base64: two of its characters determine a byte. Three places within a group of four are possible.
 * - in base64 within base64, of which at least six decoded bytes in two groups are characters of base64 again.
 *
 * All of them are searched for at once, in one step for each byte: each bit of the state is a place within a sign.
 */

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
/** The classes of bytes: up to 63, the bits of a character of base64. */
const other = 64;
const [at, percent, backslash, equals, question] = [65, 66, 67, 68, 69];
const classBits = 7;

/** The class of each byte. */
const byteClass = new Uint8Array(256).fill(other);
[...alphabet].forEach((character, bits) => {
  byteClass[character.charCodeAt(0)] = bits;
});
// The other alphabet, of links.
byteClass['-'.charCodeAt(0)] = alphabet.indexOf('+');
byteClass['_'.charCodeAt(0)] = alphabet.indexOf('/');
for (const [character, found] of [
  ['@', at],
  ['%', percent],
  ['\\', backslash],
  ['=', equals],
  ['?', question],
] as const) {
  byteClass[character.charCodeAt(0)] = found;
}

type ByteTest = (byte: number) => boolean;
/** A step within a sign: the place in a group of the byte that two characters determine, and a test of it. */
type Step = readonly [place: 0 | 1 | 2, test: ByteTest] | 'any';

/** The byte that two characters determine, by its place in their group. */
const decoders = [
  (left: number, right: number) => (left << 2) | (right >> 4),
  (left: number, right: number) => ((left & 15) << 4) | (right >> 2),
  (left: number, right: number) => ((left & 3) << 6) | right,
] as const;

const oneOf = (characters: string): ByteTest => {
  const bytes = new Set(Buffer.from(characters));
  return (byte) => bytes.has(byte);
};
const isBase64: ByteTest = (byte) => (byteClass[byte] ?? other) < other;
/** What can follow an `@`: a domain, which can begin with the first byte of a letter in UTF-8, or an escape. */
const isAfterAt: ByteTest = (byte) =>
  (byte >= 0xc2 && byte <= 0xf4) || /[A-Za-z0-9[%\\]/.test(String.fromCharCode(byte));

/** Two adjacent bytes, at each place within a group. */
function twoBytes(first: ByteTest, second: ByteTest): Step[][] {
  return [
    [
      [0, first],
      [1, second],
    ],
    [
      [1, first],
      [2, second],
    ],
    [[2, first], 'any', [0, second]],
  ];
}

const group = [0, 1, 2].map((place): Step => [place as 0 | 1 | 2, isBase64]); // the places above
const base64Signs: readonly (readonly Step[])[] = [
  ...twoBytes(oneOf('@'), isAfterAt),
  // The first two bytes of `%40`, `%2540`, `\u0040` and `=?`.
  ...twoBytes(oneOf('%\\='), oneOf('24uU?')),
  [...group, 'any', ...group],
];

/** The bits for an `@` as it is, and for an escape or an encoded word. */
const plainSign = 1 << 24;
const codedSign = 1 << 25;

/** The bits of first places, and of last ones. */
const otherSigns = plainSign | codedSign;
let firstPlaces = otherSigns;
let signs = otherSigns;

/** The places within signs that are possible for two adjacent bytes, by their classes. */
const possiblePlaces = new Int32Array(1 << (2 * classBits));

function allow(left: number, right: number, bit: number): void {
  const index = (left << classBits) | right;
  possiblePlaces[index] = (possiblePlaces[index] ?? 0) | bit;
}

function addBase64Signs(): void {
  let bit = 1;
  for (const sign of base64Signs) {
    firstPlaces |= bit;
    for (const step of sign) {
      for (let left = 0; left < other; left++) {
        for (let right = 0; right < other; right++) {
          const isPossible = step === 'any' || step[1](decoders[step[0]](left, right));
          if (isPossible) allow(left, right, bit);
        }
      }
      bit <<= 1;
    }
    signs |= bit >> 1;
  }
}

function addOtherSigns(): void {
  const classes = Array.from({ length: question + 1 }, (_, index) => index);
  for (const left of classes) allow(left, at, plainSign);
  for (const digit of '0123456789abcdefABCDEF')
    allow(percent, byteClass[digit.charCodeAt(0)] ?? 0, codedSign);
  allow(equals, question, codedSign);
  // An address does not contain the characters of these escapes. A quotation mark is of the class `other`.
  const usual = new Set([...'nrtbf'].map((letter) => byteClass[letter.charCodeAt(0)]));
  for (const right of classes) {
    if (right !== other && !usual.has(right)) allow(backslash, right, codedSign);
  }
}

addBase64Signs();
addOtherSigns();

/** Whether base64 in a text may contain an address. */
function hasBase64Sign(text: string): boolean {
  let state = 0;
  let previous: number = other;
  for (let at = 0; at < text.length; at++) {
    const next = byteClass[text.charCodeAt(at)] ?? other;
    state =
      ((state << 1) | firstPlaces) & (possiblePlaces[(previous << classBits) | next] ?? 0) & ~otherSigns;
    previous = next;
    if ((state & signs) !== 0) return true;
  }
  return false;
}

export {
  byteClass,
  classBits,
  firstPlaces,
  hasBase64Sign,
  other as otherClass,
  plainSign,
  possiblePlaces,
  signs,
};
