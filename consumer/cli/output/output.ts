import { once } from 'node:events';
import type { Writable } from 'node:stream';

/** Characters to buffer, so that one system call writes many lines. */
const maxBufferedCharacters = 64 * 1024;

/** Writes lines to a stream, no faster than the stream accepts them. */
class Output {
  private buffer = '';
  private pendingWrite: NodeJS.Immediate | undefined;

  constructor(private readonly stream: Writable) {}

  /** Adds text; waits when the stream is full. */
  write(text: string): Promise<void> | undefined {
    this.buffer += text;
    // When the event loop is idle, for example between messages, the reader gets the buffered text.
    this.pendingWrite ??= setImmediate(() => {
      this.pendingWrite = undefined;
      if (this.buffer !== '') this.stream.write(this.takeBuffer());
    });
    return this.buffer.length >= maxBufferedCharacters ? this.flush() : undefined;
  }

  /** Adds bytes that may not be valid text; waits when the stream is full. */
  async writeBytes(bytes: Uint8Array): Promise<void> {
    await this.flush();
    if (!this.stream.write(bytes)) await once(this.stream, 'drain');
  }

  /** Writes all buffered text to the stream and waits until the stream accepts more. */
  async flush(): Promise<void> {
    if (this.buffer !== '' && !this.stream.write(this.takeBuffer())) await once(this.stream, 'drain');
  }

  private takeBuffer(): string {
    const text = this.buffer;
    this.buffer = '';
    return text;
  }
}

export { Output };
