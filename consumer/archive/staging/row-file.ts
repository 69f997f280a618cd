import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { vectorRows } from '../store/engine-memory';

/** Separates the cells of a staged row, quotes a cell if necessary, and ends the row. */
const cellSeparator = '\u001f';
const cellQuote = '\u001e';
const rowEnd = '\n';

/** Characters that require quotes around a cell. JSON text has none of them: it escapes control characters. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const needsQuotes = /[\u001e\u001f\r\n]/;

/** Returns a text as a cell. An absent one is empty, and an empty one is quoted. */
function cellText(text: string | number | boolean | undefined): string {
  if (text === undefined) return '';
  if (typeof text !== 'string') return String(text);
  if (text === '' || needsQuotes.test(text)) {
    return `${cellQuote}${text.replaceAll(cellQuote, cellQuote + cellQuote)}${cellQuote}`;
  }
  return text;
}

const bufferBytes = 1024 * 1024;
const maxSpareBuffers = 3;

/** Buffers of closed files, for reuse: a small object needs only a small part of one. */
const spareBuffers: Buffer[] = [];

/**
 * A closed file of staged rows, with the figures that the engine needs to read it and is checked against afterwards.
 */
interface StagedFile {
  path: string;
  rows: number;
  bytes: number;
  /** Bytes of the longest row. */
  longestRow: number;
  /** Bytes of the largest {@link vectorRows} consecutive rows. */
  heaviestVector: number;
}

/** Joins two consecutive parts of the same file into one. */
function joinedFile(one: StagedFile, other: StagedFile): StagedFile {
  return {
    path: one.path,
    rows: one.rows + other.rows,
    bytes: one.bytes + other.bytes,
    longestRow: Math.max(one.longestRow, other.longestRow),
    heaviestVector: heaviestVector([one, other]),
  };
}

/** The maximum bytes of {@link vectorRows} consecutive rows when files are read one after another. */
function heaviestVector(files: readonly StagedFile[]): number {
  let rows = 0;
  let bytes = 0;
  let heaviest = 0;
  for (const file of files) {
    if (rows + file.rows > vectorRows) {
      rows = 0;
      bytes = 0;
    }
    rows += file.rows;
    bytes += file.heaviestVector;
    heaviest = Math.max(heaviest, bytes);
  }
  return heaviest;
}

/** A file of staged rows, created with its first row. */
class RowFile {
  private readonly path: string;
  private rows = 0;
  private bytes = 0;
  private longestRow = 0;
  private heaviestVector = 0;
  /** Bytes of the rows since the last multiple of {@link vectorRows}. */
  private vectorBytes = 0;
  private file: number | undefined;
  private buffer: Buffer | undefined;
  private bufferView: DataView = new DataView(new ArrayBuffer(0));
  private length = 0;

  constructor(folder: string, name: string) {
    this.path = join(folder, name);
  }

  /** Adds a row of cells. */
  write(cells: readonly (string | number | boolean | undefined)[]): void {
    const text = cells.map(cellText).join(cellSeparator) + rowEnd;
    // A character has at most three bytes for each of its UTF-16 units.
    if (text.length * 3 > bufferBytes) {
      this.flush();
      const bytes = Buffer.from(text);
      this.count(bytes.length);
      this.put(bytes);
      return;
    }
    const written = this.reserve(text.length * 3).write(text, this.length);
    this.advance(this.length + written);
  }

  /**
   * Returns a buffer with space for this number of bytes after `end`. Bytes written there count after {@link advance}.
   */
  reserve(bytes: number): Buffer {
    if (this.buffer === undefined || this.length + bytes > this.buffer.length) this.flush();
    if (this.buffer === undefined || this.buffer.length < bytes) {
      this.buffer =
        bytes > bufferBytes
          ? Buffer.allocUnsafe(bytes)
          : (spareBuffers.pop() ?? Buffer.allocUnsafe(bufferBytes));
      this.bufferView = new DataView(this.buffer.buffer, this.buffer.byteOffset, this.buffer.length);
    }
    return this.buffer;
  }

  /** A view of the buffer of {@link reserve}. */
  get view(): DataView {
    return this.bufferView;
  }

  /** The place for the next byte in the buffer of {@link reserve}. */
  get end(): number {
    return this.length;
  }

  /** Adds the row that was written into the buffer up to `end`. */
  advance(end: number): void {
    this.count(end - this.length);
    this.length = end;
  }

  /**
   * Writes the rest and closes the file.
   * @returns undefined when it has no rows, and no file was created
   */
  close(): StagedFile | undefined {
    this.flush();
    if (this.file !== undefined) closeSync(this.file);
    if (this.buffer?.length === bufferBytes && spareBuffers.length < maxSpareBuffers) {
      spareBuffers.push(this.buffer);
    }
    this.buffer = undefined;
    const { path, rows, bytes, longestRow } = this;
    const heaviestVector = Math.max(this.heaviestVector, this.vectorBytes);
    return rows === 0 ? undefined : { path, rows, bytes, longestRow, heaviestVector };
  }

  private count(rowBytes: number): void {
    this.rows++;
    this.bytes += rowBytes;
    this.vectorBytes += rowBytes;
    if (rowBytes > this.longestRow) this.longestRow = rowBytes;
    if (this.rows % vectorRows !== 0) return;
    this.heaviestVector = Math.max(this.heaviestVector, this.vectorBytes);
    this.vectorBytes = 0;
  }

  private flush(): void {
    if (this.buffer === undefined || this.length === 0) return;
    const { length } = this;
    this.length = 0;
    this.put(this.buffer.subarray(0, length));
  }

  private put(bytes: Buffer): void {
    // Staged rows contain personal data.
    this.file ??= openSync(this.path, 'wx', 0o600);
    for (let at = 0; at < bytes.length; ) at += writeSync(this.file, bytes, at);
  }
}

export { cellText, heaviestVector, joinedFile, RowFile, type StagedFile };
