import { once } from 'node:events';
import type { Writable } from 'node:stream';

/** Characters and bytes to buffer, so that one system call writes many lines. */
const maxBuffered = 64 * 1024;

/** Writes lines to a stream, no faster than the stream accepts them. */
class Output {
  private text = '';
  /** Parts before the text, if any of them was not text. */
  private parts: Uint8Array[] = [];
  private bytes = 0;
  private pendingWrite: NodeJS.Immediate | undefined;

  constructor(private readonly stream: Writable) {}

  /** Adds text, or bytes that may not be valid text; waits when the stream is full. */
  write(...chunks: readonly (string | Uint8Array)[]): Promise<void> | undefined {
    for (const chunk of chunks) {
      if (typeof chunk === 'string') this.text += chunk;
      else {
        this.endText();
        this.parts.push(chunk);
        this.bytes += chunk.length;
      }
    }
    // When the event loop is idle, for example between messages, the reader gets the buffered text.
    this.pendingWrite ??= setImmediate(() => {
      this.pendingWrite = undefined;
      if (!this.isEmpty) this.stream.write(this.takeBuffer());
    });
    return this.text.length + this.bytes >= maxBuffered ? this.flush() : undefined;
  }

  /** Writes everything buffered to the stream and waits until the stream accepts more. */
  async flush(): Promise<void> {
    if (!this.isEmpty && !this.stream.write(this.takeBuffer())) await once(this.stream, 'drain');
  }

  private get isEmpty(): boolean {
    return this.text === '' && this.bytes === 0;
  }

  private endText(): void {
    if (this.text === '') return;
    const part = Buffer.from(this.text);
    this.text = '';
    this.parts.push(part);
    this.bytes += part.length;
  }

  private takeBuffer(): string | Buffer {
    const { text, parts } = this;
    if (parts.length === 0) {
      this.text = '';
      return text;
    }
    this.endText();
    const buffer = Buffer.concat(parts);
    this.parts = [];
    this.bytes = 0;
    return buffer;
  }
}

export { Output };
