/** Bytes of a plain address before its `@`, of a domain's labels, and after the domain. */
const [localByte, labelByte, beforeByte, afterByte] = [1, 2, 4, 8];

/** The bits of each byte. */
const bits = new Uint8Array(256);
function mark(characters: string, bit: number): void {
  for (const byte of Buffer.from(characters)) bits[byte] = (bits[byte] ?? 0) | bit;
}
const alphanumeric = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
mark(alphanumeric, localByte | labelByte);
mark('._+-', localByte);
// None of them can be a part of an address, so the address ends there.
mark(' ,;:<([', beforeByte);
mark(' ,;:<>()', afterByte);

const [dot, hyphen, quote, backslash] = Buffer.from('.-"\\');

/** Addresses have at most 64 characters before their `@`. */
const longestLocal = 300;

function is(byte: number | undefined, bit: number): boolean {
  return byte !== undefined && ((bits[byte] ?? 0) & bit) !== 0;
}

/** The end of the domain that begins here; undefined when it is not plain. */
function domainEnd(bytes: Buffer, start: number): number | undefined {
  if (!is(bytes[start], labelByte)) return undefined;
  let end = start + 1;
  for (; ; end++) {
    const byte = bytes[end];
    if (is(byte, labelByte)) continue;
    if (byte === hyphen) continue;
    // Labels begin and end with a letter or a digit.
    if (byte === dot && is(bytes[end - 1], labelByte) && is(bytes[end + 1], labelByte)) continue;
    return is(bytes[end - 1], labelByte) ? end : undefined;
  }
}

/**
 * Reads the address around an `@` in a text of a JSON text, if nothing around it is unusual: then it is the only address
 * that this `@` can belong to.
 *
 * @returns the address in lower case; undefined when only the search in the whole text can find the addresses
 */
function plainAddress(bytes: Buffer, at: number): string | undefined {
  let start = at;
  while (is(bytes[start - 1], localByte)) start--;
  if (start === at || at - start > longestLocal || bytes[start] === dot) return undefined;
  const end = domainEnd(bytes, at + 1);
  if (end === undefined) return undefined;
  const isAtStart = bytes[start - 1] === quote && bytes[start - 2] !== backslash;
  const isAtEnd = bytes[end] === quote;
  if (!isAtStart && !is(bytes[start - 1], beforeByte)) return undefined;
  if (!isAtEnd && !is(bytes[end], afterByte)) return undefined;
  // Such a text as a whole can be an address, too: one with a space before the `@`.
  if (isAtEnd && !isAtStart) return undefined;
  return bytes.toString('latin1', start, end).toLowerCase();
}

export { plainAddress };
