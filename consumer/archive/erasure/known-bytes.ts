/**
 * Short texts that are known, by their bytes. It takes no more time than a comparison, because it makes no strings. A new
 * text can replace another one.
 */
class KnownBytes {
  private readonly kept: Uint8Array;

  /**
   * @param slots the maximum number of texts, a power of two
   * @param slotBytes bytes for each of them, up to 256, of which one is for the length; longer texts are not kept
   */
  constructor(
    private readonly slots: number,
    private readonly slotBytes: number,
  ) {
    this.kept = new Uint8Array(slots * slotBytes);
  }

  /** Whether the text is known, which has at least one byte. */
  has(bytes: Uint8Array, start: number, end: number): boolean {
    const { kept } = this;
    const length = end - start;
    if (length >= this.slotBytes) return false;
    const place = this.placeOf(bytes, start, end);
    if (kept[place] !== length) return false;
    for (let index = 0; index < length; index++) {
      if (kept[place + 1 + index] !== bytes[start + index]) return false;
    }
    return true;
  }

  /** Adds a text of at least one byte. */
  add(bytes: Uint8Array, start: number, end: number): void {
    if (end - start >= this.slotBytes) return;
    const place = this.placeOf(bytes, start, end);
    this.kept[place] = end - start;
    this.kept.set(bytes.subarray(start, end), place + 1);
  }

  /** The only place in which a text can be. */
  private placeOf(bytes: Uint8Array, start: number, end: number): number {
    let hash = 0;
    for (let at = start; at < end; at++) hash = (Math.imul(hash, 31) + (bytes[at] as number)) | 0; // in bounds
    return ((hash ^ (hash >>> 15)) & (this.slots - 1)) * this.slotBytes;
  }
}

export { KnownBytes };
