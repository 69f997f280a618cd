import type { Gunzip, InflateRaw } from 'node:zlib';

/**
 * Goes before a decompressor to tell whether it will find damage in a chunk. zlib throws away what it has made of
 * the chunk in which it meets damage, and its state cannot be copied: warned, it is given that chunk byte by byte
 * and hands on all that lies before the damage.
 */
class Scout {
  private answer: (isSound: boolean) => void = () => {};

  constructor(private readonly stream: Gunzip | InflateRaw) {
    stream.resume();
    stream.on('end', () => this.answer(true));
    stream.on('error', () => this.answer(false));
  }

  /** Whether the next chunk can be decompressed, as far as the compressed bytes reach. */
  accepts(chunk: Uint8Array): Promise<boolean> {
    return new Promise((resolve) => {
      this.answer = resolve;
      this.stream.write(chunk, (error) => error == null && resolve(true));
    });
  }

  close(): void {
    this.stream.destroy();
  }
}

export { Scout };
