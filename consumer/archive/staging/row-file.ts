import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const bufferBytes = 1024 * 1024;
const mostSpareBuffers = 3;

/** Buffers of files that were closed, for those that come: a small object needs but a little of one. */
const spareBuffers: Buffer[] = [];

/** A file of staged rows, made with its first row. */
class RowFile {
  readonly path: string;
  /** Bytes written so far, those in the buffer included. */
  bytes = 0;
  /** Bytes of its longest row. */
  longestRow = 0;
  private file: number | undefined;
  private buffer: Buffer | undefined;
  private length = 0;

  constructor(folder: string, name: string) {
    this.path = join(folder, name);
  }

  /** Whether it has any row. */
  get isEmpty(): boolean {
    return this.bytes === 0;
  }

  /** Adds a row. */
  write(text: string): void {
    // No character takes more than three bytes for each of its UTF-16 units.
    if (text.length * 3 > bufferBytes) {
      this.flush();
      const bytes = Buffer.from(text);
      this.longestRow = Math.max(this.longestRow, bytes.length);
      this.append(bytes);
      return;
    }
    const written = this.room(text.length * 3).write(text, this.length);
    this.advance(this.length + written);
  }

  /**
   * A buffer with room for so many bytes behind `end`; what is put there counts once it is said by
   * {@link advance}.
   */
  room(bytes: number): Buffer {
    if (this.buffer === undefined || this.length + bytes > this.buffer.length) this.flush();
    if (this.buffer === undefined || this.buffer.length < bytes) {
      this.buffer =
        bytes > bufferBytes
          ? Buffer.allocUnsafe(bytes)
          : (spareBuffers.pop() ?? Buffer.allocUnsafe(bufferBytes));
    }
    return this.buffer;
  }

  /** Where the next byte goes in the buffer that {@link room} gave. */
  get end(): number {
    return this.length;
  }

  /** Takes over the row that was put into the buffer up to `end`. */
  advance(end: number): void {
    this.longestRow = Math.max(this.longestRow, end - this.length);
    this.bytes += end - this.length;
    this.length = end;
  }

  /** Writes what is left and closes the file. */
  close(): void {
    this.flush();
    if (this.file !== undefined) closeSync(this.file);
    if (this.buffer?.length === bufferBytes && spareBuffers.length < mostSpareBuffers) {
      spareBuffers.push(this.buffer);
    }
    this.buffer = undefined;
  }

  private flush(): void {
    if (this.buffer === undefined || this.length === 0) return;
    const { length } = this;
    this.length = 0;
    this.put(this.buffer.subarray(0, length));
  }

  private append(bytes: Buffer): void {
    this.bytes += bytes.length;
    this.put(bytes);
  }

  private put(bytes: Buffer): void {
    // What is staged holds personal data.
    this.file ??= openSync(this.path, 'wx', 0o600);
    for (let at = 0; at < bytes.length; ) at += writeSync(this.file, bytes, at);
  }
}

export { RowFile };
