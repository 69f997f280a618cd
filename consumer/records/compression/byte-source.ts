/** Chunks of bytes read by number of bytes. */
class ByteSource {
  private buffered: Buffer = Buffer.alloc(0);
  private readonly chunks: AsyncIterator<Uint8Array>;
  private failure: { error: unknown } | undefined;
  private ended = false;
  private takenBytes = 0;

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.chunks = chunks[Symbol.asyncIterator]();
  }

  /** The next bytes without taking them: `count`, or fewer where the source ends or fails. */
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

  /** The bytes that have come and were not taken. */
  get atHand(): Buffer {
    return this.buffered;
  }

  /** How many bytes were taken. */
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

  /** Takes the bytes at hand, at most `count`; none only where the source ends or fails. */
  async takeSome(count: number): Promise<Buffer> {
    await this.peek(1);
    return this.take(Math.min(count, this.buffered.length));
  }

  /**
   * Everything that has not been taken.
   * @throws {unknown} what the source threw, after the bytes that came before it
   */
  async *rest(): AsyncGenerator<Buffer, void> {
    const { buffered } = this;
    this.buffered = Buffer.alloc(0); // before the first is taken: the reader may want no second
    this.takenBytes += buffered.length;
    if (buffered.length > 0) yield buffered;
    for (let chunk = await this.pull(); chunk !== undefined; chunk = await this.pull()) {
      this.takenBytes += chunk.length;
      yield chunk;
    }
    if (this.failure !== undefined) throw this.failure.error;
  }

  /** Gives bytes back, to be taken again before all others. */
  giveBack(bytes: Buffer): void {
    // Nearly always all that is at hand: not copied, because each of many short streams gives most of a chunk back.
    this.buffered = this.buffered.length === 0 ? bytes : Buffer.concat([bytes, this.buffered]);
    this.takenBytes -= bytes.length;
  }

  /**
   * Tells an end from a failure.
   * @throws {unknown} what the source threw, once everything before it has been taken
   */
  checkEnd(): void {
    if (this.failure !== undefined && this.buffered.length === 0) throw this.failure.error;
  }

  /** Lets the source go when the reader wants no more of it. */
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
      this.failure = { error }; // thrown by rest(), behind the bytes that came first
    }
    this.ended = true;
    return undefined;
  }
}

export { ByteSource };
