/** What a byte can be: a part of a local part, of a label, or next to an address. */
const [localByte, labelByte, beforeByte, afterByte] = [1, 2, 4, 8];

/** The bits of each byte. */
const kinds = new Uint8Array(256);
function mark(characters: string, bit: number): void {
  for (const byte of Buffer.from(characters)) kinds[byte] = (kinds[byte] ?? 0) | bit;
}
const alphanumeric = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
mark(alphanumeric, localByte | labelByte);
mark('._+-', localByte);
// None of them can be a part of an address, so the address ends there.
mark(' ,;:<([', beforeByte);
mark(' ,;:<>()', afterByte);

const dot = 0x2e;
const hyphen = 0x2d;
const quote = 0x22;
const backslash = 0x5c;

/** Addresses have at most 64 characters before their `@`. */
const longestLocal = 300;

function isKind(bytes: Buffer, index: number, bit: number): boolean {
  return ((kinds[bytes[index] as number] as number) & bit) !== 0; // an `@` in JSON has bytes before and after it
}

/**
 * The start of the local part before an `@` in a text of a JSON text, if nothing before it is unusual: then it is the
 * only local part that this `@` can belong to. Otherwise -1.
 */
function plainLocalStart(bytes: Buffer, at: number): number {
  let start = at;
  while (isKind(bytes, start - 1, localByte)) start--;
  if (start === at || at - start > longestLocal || bytes[start] === dot) return -1;
  return isTextStart(bytes, start) || isKind(bytes, start - 1, beforeByte) ? start : -1;
}

/** Whether a text of a JSON text begins here. */
function isTextStart(bytes: Buffer, start: number): boolean {
  return bytes[start - 1] === quote && bytes[start - 2] !== backslash;
}

/** The end of the domain that begins here, if nothing after it is unusual. Otherwise -1. */
function plainDomainEnd(bytes: Buffer, start: number): number {
  let end = start;
  // Labels begin and end with a letter or a digit.
  let isLabelEnd = false;
  for (; ; end++) {
    const byte = bytes[end];
    if (isKind(bytes, end, labelByte)) isLabelEnd = true;
    else if (byte === hyphen && end > start && bytes[end - 1] !== dot) isLabelEnd = false;
    else if (byte === dot && isLabelEnd) isLabelEnd = false;
    else break;
  }
  return isLabelEnd && (bytes[end] === quote || isKind(bytes, end, afterByte)) ? end : -1;
}

/**
 * Whether the text around a plain address can be an address as a whole, with a space before the `@`. Only the text's end
 * allows that: the characters after other addresses cannot be in a domain.
 */
function isWithinAddress(bytes: Buffer, start: number, end: number): boolean {
  return bytes[end] === quote && !isTextStart(bytes, start);
}

export { isWithinAddress, plainDomainEnd, plainLocalStart };
