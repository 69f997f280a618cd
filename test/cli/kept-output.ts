import { Writable } from 'node:stream';
import type { OutputStream } from '../../consumer/cli/process/context';

/** A stream that stores its text. */
class KeptOutput extends Writable implements OutputStream {
  readonly isTTY: boolean;
  readonly columns = 80;
  private readonly chunks: Buffer[] = [];

  constructor({ isTerminal = false } = {}) {
    super();
    this.isTTY = isTerminal;
  }

  get text(): string {
    return Buffer.concat(this.chunks).toString('utf8');
  }

  override _write(chunk: Buffer, _: BufferEncoding, done: () => void): void {
    this.chunks.push(chunk);
    done();
  }
}

export { KeptOutput };
