/** The possible bytes in one place. */
type ByteSet = ReadonlySet<number>;

/** Texts with one byte of each set, in order. */
type ByteSets = readonly ByteSet[];

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
/** The characters for the last two in links. */
const urlForms: Readonly<Record<string, string>> = { '+': '-', '/': '_' };

const anyByte: ByteSet = new Set(Array(256).keys());

/** The bytes of ASCII characters. */
function bytesOf(characters: string): ByteSet {
  return new Set(Buffer.from(characters, 'latin1'));
}

/** All characters of base64, in both alphabets. */
const base64Bytes = bytesOf(alphabet + Object.values(urlForms).join(''));

/** The possible base64 characters for six bits of a text, from this bit on. */
function characterAt(text: ByteSets, bit: number): ByteSet {
  const offset = bit % 8;
  const left = [...(text[Math.floor(bit / 8)] ?? anyByte)];
  const right = [...(text[Math.floor(bit / 8) + 1] ?? anyByte)];
  // Six bits of one byte, or the last ones of a byte and the first ones of the next.
  const upper = new Set(left.map((byte) => (offset < 2 ? byte >> (2 - offset) : byte << (offset - 2)) & 63));
  const lower = offset > 2 ? new Set(right.map((byte) => byte >> (10 - offset))) : new Set([0]);
  const characters = [...upper].flatMap((high) => [...lower].map((low) => alphabet[high | low] ?? ''));
  return bytesOf(characters.map((character) => character + (urlForms[character] ?? '')).join(''));
}

/**
 * The base64 of texts: one for each place within a group of three bytes where a text can start. Each character is
 * computed separately, so the result also matches a few other texts.
 */
function inBase64(text: ByteSets): ByteSets[] {
  return [0, 1, 2].map((skipped) => {
    const bytes = [...Array<ByteSet>(skipped).fill(anyByte), ...text];
    const characters: ByteSet[] = [];
    for (let bit = 6 * skipped; bit < 8 * bytes.length; bit += 6) characters.push(characterAt(bytes, bit));
    return characters;
  });
}

export { type ByteSet, type ByteSets, base64Bytes, bytesOf, inBase64 };
