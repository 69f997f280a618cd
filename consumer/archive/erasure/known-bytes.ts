import { viewOf } from '../../records/four-bytes';

/** Longer texts are compared by Node. */
const longText = 64;

/** Words of a text that determine its slot, evenly spaced, and its last one. */
const hashedWords = 8;

/** Mixes the bits of a word: 2^32 divided by the golden ratio. */
const multiplier = 0x9e3779b1;

/**
 * Texts that are known, by their bytes. It takes less time than a search of the text, because it makes no strings. A new
 * text can replace another one.
 */
class KnownBytes {
  private readonly kept: Buffer;
  private readonly keptView: DataView;
  private readonly lengths: Uint32Array;
  /** The last buffer, and its view. */
  private bytes: Buffer = Buffer.alloc(0);
  private view: DataView = viewOf(this.bytes);

  /**
   * @param slots the maximum number of texts, a power of two
   * @param slotBytes bytes for each of them; longer texts are not kept
   */
  constructor(
    private readonly slots: number,
    private readonly slotBytes: number,
  ) {
    this.kept = Buffer.alloc(slots * slotBytes);
    this.keptView = viewOf(this.kept);
    this.lengths = new Uint32Array(slots);
  }

  /** Whether the text is known, which has at least one byte. */
  has(bytes: Buffer, start: number, end: number): boolean {
    const { kept, slotBytes, keptView } = this;
    const length = end - start;
    if (length > slotBytes) return false;
    const view = this.viewOf(bytes);
    const slot = this.slotOf(view, start, length);
    if (this.lengths[slot] !== length) return false;
    const place = slot * slotBytes;
    if (length > longText) return bytes.compare(kept, place, place + length, start, end) === 0;
    let index = 0;
    for (; index + 4 <= length; index += 4)
      if (keptView.getInt32(place + index, true) !== view.getInt32(start + index, true)) return false;
    for (; index < length; index++)
      if (keptView.getUint8(place + index) !== view.getUint8(start + index)) return false;
    return true;
  }

  /** Adds a text of at least one byte. */
  add(bytes: Buffer, start: number, end: number): void {
    const length = end - start;
    if (length > this.slotBytes) return;
    const slot = this.slotOf(this.viewOf(bytes), start, length);
    this.lengths[slot] = length;
    bytes.copy(this.kept, slot * this.slotBytes, start, end);
  }

  private viewOf(bytes: Buffer): DataView {
    if (bytes !== this.bytes) {
      this.bytes = bytes;
      this.view = viewOf(bytes);
    }
    return this.view;
  }

  /** The only slot in which a text can be. */
  private slotOf(view: DataView, start: number, length: number): number {
    let hash = length;
    const last = start + length - 4;
    if (last < start) {
      for (let at = start; at < start + length; at++) hash = Math.imul(hash ^ view.getUint8(at), multiplier);
    } else {
      const step = Math.max(4, Math.floor(length / hashedWords));
      for (let at = start; at < last; at += step)
        hash = Math.imul(hash ^ view.getInt32(at, true), multiplier);
      hash = Math.imul(hash ^ view.getInt32(last, true), multiplier);
    }
    return (hash ^ (hash >>> 15)) & (this.slots - 1);
  }
}

export { KnownBytes };
