import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { vectorRows } from '../store/engine-memory';

/** Between the cells of a staged row, around a cell that needs it, and behind the row. */
const cellSeparator = '\u001f';
const cellQuote = '\u001e';
const rowEnd = '\n';

/** What a cell may only hold within quotes. JSON text never does: it escapes control characters. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const needsQuotes = /[\u001e\u001f\r\n]/;

/** A text as a cell; an absent one is empty, and an empty one is quoted. */
function cellText(text: string | number | boolean | undefined): string {
  if (text === undefined) return '';
  if (typeof text !== 'string') return String(text);
  if (text === '' || needsQuotes.test(text)) {
    return `${cellQuote}${text.replaceAll(cellQuote, cellQuote + cellQuote)}${cellQuote}`;
  }
  return text;
}

const bufferBytes = 1024 * 1024;
const mostSpareBuffers = 3;

/** Buffers of files that were closed, for those that come: a small object needs but a little of one. */
const spareBuffers: Buffer[] = [];

/** A closed file of staged rows: what the engine is told of it before it reads it, and held to afterwards. */
interface StagedFile {
  path: string;
  rows: number;
  bytes: number;
  /** Bytes of the longest row. */
  longestRow: number;
  /** Bytes of the heaviest {@link vectorRows} rows that stand together. */
  heaviestVector: number;
}

/** Two stretches of rows, one behind the other in the same file, as one. */
function joinedFile(one: StagedFile, other: StagedFile): StagedFile {
  return {
    path: one.path,
    rows: one.rows + other.rows,
    bytes: one.bytes + other.bytes,
    longestRow: Math.max(one.longestRow, other.longestRow),
    heaviestVector: heaviestVector([one, other]),
  };
}

/** At most so many bytes have the heaviest {@link vectorRows} rows that stand together when files are read in turn. */
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
  private length = 0;

  constructor(folder: string, name: string) {
    this.path = join(folder, name);
  }

  /** Adds a row of cells. */
  write(cells: readonly (string | number | boolean | undefined)[]): void {
    const text = cells.map(cellText).join(cellSeparator) + rowEnd;
    // No character takes more than three bytes for each of its UTF-16 units.
    if (text.length * 3 > bufferBytes) {
      this.flush();
      const bytes = Buffer.from(text);
      this.count(bytes.length);
      this.put(bytes);
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
    this.count(end - this.length);
    this.length = end;
  }

  /**
   * Writes the rest and closes the file.
   * @returns undefined when it has no rows: there is no file then
   */
  close(): StagedFile | undefined {
    this.flush();
    if (this.file !== undefined) closeSync(this.file);
    if (this.buffer?.length === bufferBytes && spareBuffers.length < mostSpareBuffers) {
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
    // What is staged holds personal data.
    this.file ??= openSync(this.path, 'wx', 0o600);
    for (let at = 0; at < bytes.length; ) at += writeSync(this.file, bytes, at);
  }
}

export { cellText, heaviestVector, joinedFile, RowFile, type StagedFile };
