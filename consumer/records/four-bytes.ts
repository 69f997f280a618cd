/*
 * Functions for four bytes at once. Byte by byte, a scan or a copy takes longer, and so does a call of Node's own
 * functions for texts of usual length.
 */

/** Returns a view that reads and writes four bytes of a buffer at any place. */
function viewOf(bytes: Buffer): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

/**
 * Marks the bytes that end or change a JSON text: a quote, a backslash, a control character, or a byte beyond ASCII.
 *
 * @param word four bytes, the first one in the lowest bits
 * @returns 0 when there are none; otherwise its lowest set bit is the highest bit of the first such byte
 */
function unusualBytes(word: number): number {
  // A subtraction sets the highest bit of a byte that was less. It can also set those of bytes after it.
  const belowSpace = word - 0x20202020;
  const quotes = (word ^ 0x22222222) - 0x01010101;
  const backslashes = (word ^ 0x5c5c5c5c) - 0x01010101;
  return (word | belowSpace | quotes | backslashes) & 0x80808080;
}

/** The index of the first byte that {@link unusualBytes} has marked. */
function firstMarked(marks: number): number {
  return (31 - Math.clz32(marks & -marks)) >> 3;
}

/** Copies bytes between buffers and returns the place after them. */
function copyBytes(target: DataView, at: number, source: DataView, from: number, to: number): number {
  let end = at;
  let next = from;
  for (; next + 4 <= to; next += 4, end += 4) target.setInt32(end, source.getInt32(next, true), true);
  for (; next < to; next++, end++) target.setUint8(end, source.getUint8(next));
  return end;
}

/** A text to compare with the bytes at a place. */
class ExpectedText {
  readonly length: number;
  private readonly words: Int32Array;
  /** The bits of the last word that belong to the text. */
  private readonly lastBits: number;

  constructor(text: string) {
    const bytes = Buffer.from(text);
    this.length = bytes.length;
    this.words = new Int32Array(Math.ceil(bytes.length / 4));
    bytes.forEach((byte, index) => {
      this.words[index >> 2] = (this.words[index >> 2] as number) | (byte << ((index & 3) * 8)); // in bounds
    });
    const unused = this.words.length * 4 - bytes.length;
    this.lastBits = -1 >>> (unused * 8);
  }

  /**
   * Whether the text is at a place. Up to three bytes after it have to be in the buffer; otherwise, it is not.
   * @param length bytes of the buffer
   */
  isAt(view: DataView, at: number, length: number): boolean {
    const { words, lastBits } = this;
    const last = words.length - 1;
    if (at + 4 * words.length > length) return false;
    for (let i = 0; i < last; i++) if (view.getInt32(at + 4 * i, true) !== words[i]) return false;
    return ((view.getInt32(at + 4 * last, true) ^ (words[last] as number)) & lastBits) === 0; // in bounds
  }
}

export { copyBytes, ExpectedText, firstMarked, unusualBytes, viewOf };
