/** Reads chunks by number of bytes. */
class ByteSource {
  private buffered: Buffer = Buffer.alloc(0);
  private readonly chunks: AsyncIterator<Uint8Array>;
  private failure: { error: unknown } | undefined;
  private ended = false;
  private takenBytes = 0;

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.chunks = chunks[Symbol.asyncIterator]();
  }

  /** Returns the next bytes without taking them: `count`, or fewer where the source ends or fails. */
  async peek(count: number): Promise<Buffer> {
    const parts = [this.buffered];
    let length = this.buffered.length;
    while (length < count && !this.ended) {
      const chunk = await this.pull();
      if (chunk === undefined) break;
      parts.push(chunk);
      length += chunk.length;
    }
    this.buffered = parts.length === 1 ? this.buffered : Buffer.concat(parts);
    return this.buffered.subarray(0, count);
  }

  /** The bytes that were pulled but not taken. */
  get pulled(): Buffer {
    return this.buffered;
  }

  /** Number of bytes that were taken. */
  get taken(): number {
    return this.takenBytes;
  }

  /** Takes the next bytes: `count`, or fewer where the source ends or fails. */
  async take(count: number): Promise<Buffer> {
    const bytes = await this.peek(count);
    this.buffered = this.buffered.subarray(bytes.length);
    this.takenBytes += bytes.length;
    return bytes;
  }

  /** Takes the pulled bytes, at most `count`. The result is only empty where the source ends or fails. */
  async takeSome(count: number): Promise<Buffer> {
    await this.peek(1);
    return this.take(Math.min(count, this.buffered.length));
  }

  /**
   * Takes all remaining bytes.
   * @throws {unknown} the error of the source, after the bytes before it
   */
  async *rest(): AsyncGenerator<Buffer, void> {
    const { buffered } = this;
    this.buffered = Buffer.alloc(0); // before the first yield: the reader may stop after it
    this.takenBytes += buffered.length;
    if (buffered.length > 0) yield buffered;
    for (let chunk = await this.pull(); chunk !== undefined; chunk = await this.pull()) {
      this.takenBytes += chunk.length;
      yield chunk;
    }
    if (this.failure !== undefined) throw this.failure.error;
  }

  /** Returns bytes to the source. They are the next bytes to be taken. */
  unread(bytes: Buffer): void {
    // Does not copy in the usual case of an empty buffer: each of many short streams returns most of a chunk.
    this.buffered = this.buffered.length === 0 ? bytes : Buffer.concat([bytes, this.buffered]);
    this.takenBytes -= bytes.length;
  }

  /**
   * Checks that the source ended without a failure.
   * @throws {unknown} the error of the source, after everything before it was taken
   */
  checkEnd(): void {
    if (this.failure !== undefined && this.buffered.length === 0) throw this.failure.error;
  }

  /** Closes the source when the reader stops early. */
  async close(): Promise<void> {
    if (!this.ended) await this.chunks.return?.();
    this.ended = true;
  }

  private async pull(): Promise<Buffer | undefined> {
    if (this.ended) return undefined;
    try {
      const next = await this.chunks.next();
      if (next.done !== true)
        return Buffer.from(next.value.buffer, next.value.byteOffset, next.value.byteLength);
    } catch (error) {
      this.failure = { error }; // rest() throws it after the preceding bytes
    }
    this.ended = true;
    return undefined;
  }
}

export { ByteSource };
