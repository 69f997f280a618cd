import { once } from 'node:events';
import type { Writable } from 'node:stream';

/** Text gathered before it is written: one system call for many lines. */
const bufferedCharacters = 64 * 1024;

/** Writes lines to a stream no faster than it takes them. */
class Output {
  private buffer = '';
  private handover: NodeJS.Immediate | undefined;

  constructor(private readonly stream: Writable) {}

  /** Adds text; waits when the stream is full. */
  write(text: string): Promise<void> | undefined {
    this.buffer += text;
    // Once nothing else is to be done, as when a pipe falls silent, the reader gets what there is.
    this.handover ??= setImmediate(() => {
      this.handover = undefined;
      if (this.buffer !== '') this.stream.write(this.taken());
    });
    return this.buffer.length >= bufferedCharacters ? this.flush() : undefined;
  }

  /** Adds bytes that may be no text; waits when the stream is full. */
  async writeBytes(bytes: Uint8Array): Promise<void> {
    await this.flush();
    if (!this.stream.write(bytes)) await once(this.stream, 'drain');
  }

  /** Hands all text to the stream and waits until it takes more. */
  async flush(): Promise<void> {
    if (this.buffer !== '' && !this.stream.write(this.taken())) await once(this.stream, 'drain');
  }

  private taken(): string {
    const text = this.buffer;
    this.buffer = '';
    return text;
  }
}

export { Output };
