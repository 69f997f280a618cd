/** Longer texts are hashed by some of their bytes, and compared by Node. */
const longText = 64;

/**
 * Texts that are known, by their bytes. It takes no more time than a comparison, because it makes no strings. A new text
 * can replace another one.
 */
class KnownBytes {
  private readonly kept: Buffer;
  private readonly lengths: Uint32Array;

  /**
   * @param slots the maximum number of texts, a power of two
   * @param slotBytes bytes for each of them; longer texts are not kept
   */
  constructor(
    private readonly slots: number,
    private readonly slotBytes: number,
  ) {
    this.kept = Buffer.alloc(slots * slotBytes);
    this.lengths = new Uint32Array(slots);
  }

  /** Whether the text is known, which has at least one byte. */
  has(bytes: Buffer, start: number, end: number): boolean {
    const { kept, slotBytes } = this;
    const length = end - start;
    if (length > slotBytes) return false;
    const slot = this.slotOf(bytes, start, end);
    if (this.lengths[slot] !== length) return false;
    const place = slot * slotBytes;
    if (length > longText) return bytes.compare(kept, place, place + length, start, end) === 0;
    for (let index = 0; index < length; index++) {
      if (kept[place + index] !== bytes[start + index]) return false;
    }
    return true;
  }

  /** Adds a text of at least one byte. */
  add(bytes: Buffer, start: number, end: number): void {
    if (end - start > this.slotBytes) return;
    const slot = this.slotOf(bytes, start, end);
    const length = end - start;
    this.lengths[slot] = length;
    const place = slot * this.slotBytes;
    if (length > longText) bytes.copy(this.kept, place, start, end);
    else
      for (let index = 0; index < length; index++) this.kept[place + index] = bytes[start + index] as number; // in bounds
  }

  /** The only slot in which a text can be. */
  private slotOf(bytes: Buffer, start: number, end: number): number {
    const length = end - start;
    const step = length > longText ? length >> 5 : 1;
    let hash = length;
    for (let at = start; at < end; at += step) hash = (Math.imul(hash, 31) + (bytes[at] as number)) | 0; // in bounds
    return (hash ^ (hash >>> 15)) & (this.slots - 1);
  }
}

export { KnownBytes };
