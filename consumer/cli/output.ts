import { once } from 'node:events';
import type { Writable } from 'node:stream';

/** Text gathered before it is written: one system call for many lines. */
const bufferedCharacters = 64 * 1024;

/** Writes lines to a stream no faster than it takes them. */
class Output {
  private buffer = '';

  constructor(private readonly stream: Writable = process.stdout) {}

  /** Adds text; waits when the stream is full. */
  write(text: string): Promise<void> | undefined {
    this.buffer += text;
    return this.buffer.length >= bufferedCharacters ? this.flush() : undefined;
  }

  /** Hands all text to the stream and waits until it takes more. */
  async flush(): Promise<void> {
    const text = this.buffer;
    this.buffer = '';
    if (text !== '' && !this.stream.write(text)) await once(this.stream, 'drain');
  }
}

export { Output };
