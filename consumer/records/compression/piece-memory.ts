/** Default size of a piece: it remains in the cache of the processor until it is read. */
const defaultPieceBytes = 256 * 1024;

/**
 * The output buffers of a decompressor. A buffer is used again after its release, so that a thread that reads
 * one object after the other does not request new memory for each piece.
 *
 * @example
 * ```ts
 * const memory = new PieceMemory();
 * const piece = memory.take().subarray(0, 10); // 10 bytes were written
 * memory.release(piece); // nothing refers to these bytes any more
 * ```
 */
class PieceMemory {
  private readonly free: Buffer[] = [];
  private readonly lent = new WeakMap<ArrayBufferLike, Buffer>();

  /** @param pieceBytes number of bytes in a buffer; 256 KiB by default */
  constructor(readonly pieceBytes = defaultPieceBytes) {}

  /** Returns a buffer for the next piece. Its content is arbitrary. */
  take(): Buffer {
    const buffer = this.free.pop() ?? Buffer.allocUnsafeSlow(this.pieceBytes);
    this.lent.set(buffer.buffer, buffer);
    return buffer;
  }

  /**
   * Takes back the buffer of a piece. Does nothing for bytes from elsewhere, and for a piece that was released
   * before. A piece that is never released belongs to its reader.
   */
  release(piece: Uint8Array): void {
    const buffer = this.lent.get(piece.buffer);
    if (buffer === undefined) return;
    this.lent.delete(piece.buffer);
    this.free.push(buffer);
  }
}

export { PieceMemory };
