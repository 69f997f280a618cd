import { isAscii } from 'node:buffer';
import type { BadFrame, Frame, FrameFault, RecordFrame } from './frame';
import { byte, isWhitespace, JsonScanner } from './json-scanner';
import { isWithinDepth, type RecordLimits, resolveLimits } from './limits';
import { RestartSearch, type View } from './resync';
import { skipSeparators } from './separators';

/** Checks whether a line can contain a record that the filter includes. Other lines are not examined. */
interface LineFilter {
  /** Called for the lines of one buffer in ascending order. */
  mayMatch(bytes: Buffer, start: number, end: number): boolean;
}

/** Takes lines that it can read itself, before they are parsed. */
interface LineTaker {
  /**
   * Called for lines that look like one JSON object, in ascending order.
   *
   * @param offset bytes from the start of the object to the line
   * @returns whether the line was taken; otherwise it is parsed. Only complete objects of at most
   * eight levels may be taken.
   */
  take(bytes: Buffer, start: number, end: number, offset: number): boolean;
}

/** Options of a {@link Splitter}. */
interface SplitterOptions {
  /**
   * Limits for one record.
   * @default 4 MiB, 512 levels, 64 KiB
   */
  limits?: Partial<RecordLimits>;
  /** @default - every line is read */
  lineFilter?: LineFilter;
  /** @default - every line is parsed */
  lineTaker?: LineTaker;
}

/** A region that is not a record, as far as it is known. */
interface Damage {
  fault: FrameFault;
  offset: number;
  length: number;
  kept: Buffer;
  /** Index in the window of the first byte that `kept` and `length` do not include. */
  start: number;
  /** Index at which the damage was detected, and index from which to search for the next record. */
  damagedAt: number;
  from: number;
}

const nothing: Buffer = Buffer.alloc(0);

/** Maximum depth of a line that is taken unparsed. */
const takenDepth = 8;

/** A longer run of blanks inside a damaged region becomes part of it, to bound the memory. */
const longestBlank = 64 * 1024;

/**
 * Cuts the bytes of one object into JSON objects, whatever the separators and the chunks. A damaged, too
 * large or too deep record becomes a bad frame and does not affect its neighbors. Memory is bounded by the
 * largest record and one chunk.
 *
 * A line that is one JSON object, the usual form of SES, is parsed directly. Everything else is scanned byte
 * by byte. Both paths find the same records.
 */
class Splitter {
  /** Number of bytes between records so far. */
  separatorBytes = 0;
  /** Number of lines that the line filter excluded, and of their bytes. */
  unexaminedLines = 0;
  unexaminedBytes = 0;
  /** Number of lines that the line taker took, and of their bytes. */
  takenLines = 0;
  takenBytes = 0;

  private readonly limits: RecordLimits;
  private readonly search: RestartSearch;
  private readonly lineFilter: LineFilter | undefined;
  private readonly lineTaker: LineTaker | undefined;
  private readonly scanner = new JsonScanner();
  private window: Buffer = nothing;
  private windowIsAscii = true;
  /** The rest of the last chunk, after the line at the end of the window. */
  private waiting: Buffer | undefined;
  /** Object offset of the first byte of the window, and index of the first unprocessed byte. */
  private windowOffset = 0;
  private position = 0;
  private atLineStart = true;
  private inRecord = false;
  private damage: Damage | undefined;

  constructor({ limits, lineFilter, lineTaker }: SplitterOptions = {}) {
    this.limits = resolveLimits(limits);
    this.search = new RestartSearch(this.limits);
    this.lineFilter = lineFilter;
    this.lineTaker = this.limits.maxDepth >= takenDepth ? lineTaker : undefined;
  }

  /**
   * Whether records have a copy of their bytes. Of an object whose lines are filtered or taken, few records remain.
   * They must not keep the whole window in memory.
   */
  get copiesRecords(): boolean {
    return this.lineFilter !== undefined || this.lineTaker !== undefined;
  }

  /** Takes the next bytes, after `next` has returned all previous frames. They must not change afterwards. */
  push(chunk: Uint8Array): void {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    const lineEnd = bytes.indexOf(byte.lineFeed) + 1;
    const isCut = this.rest().length > 0 && lineEnd > 0;
    // Only the cut line is copied; the rest of the chunk is read in place.
    this.advanceWindow(isCut ? bytes.subarray(0, lineEnd) : bytes);
    this.waiting = isCut ? bytes.subarray(lineEnd) : undefined;
  }

  /**
   * Returns the next frame, or undefined when more bytes are necessary.
   *
   * @param final whether these are the last bytes: the rest then becomes a frame
   */
  next(final = false): Frame | undefined {
    while (true) {
      const frame = this.damage === undefined ? this.nextFrame(final) : this.resume(this.damage, final);
      if (frame === 'again') continue;
      if (frame !== undefined || this.waiting === undefined) return frame;
      this.advanceWindow(this.waiting);
      this.waiting = undefined;
    }
  }

  /**
   * Offset of the first byte that can be in a later frame. All bytes before it are in frames that `next` has returned, or are
   * separators, or are lines that were not examined or were taken.
   */
  get undecidedFrom(): number {
    return this.damage?.offset ?? this.windowOffset + this.position;
  }

  /** Returns the bytes that are not in a frame yet. */
  private rest(): Buffer {
    return this.window.subarray(this.damage?.start ?? this.position);
  }

  private advanceWindow(chunk: Buffer): void {
    const rest = this.rest();
    const shift = this.window.length - rest.length;
    this.windowOffset += shift;
    this.position -= shift;
    this.scanner.position -= shift;
    if (this.damage !== undefined) {
      this.damage.start -= shift;
      this.damage.damagedAt -= shift;
      this.damage.from -= shift;
    }
    this.window = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    this.windowIsAscii = isAscii(this.window);
  }

  /** Returns the next frame; 'again' when only the state changed; undefined when more bytes are necessary. */
  private nextFrame(final: boolean): Frame | 'again' | undefined {
    if (!this.inRecord) {
      const separators = skipSeparators(this.window, this.position);
      this.separatorBytes += separators.end - this.position;
      this.position = separators.end;
      if (separators.newLine) this.atLineStart = true;
      if (this.position === this.window.length) return undefined;
      if (separators.undecided && !final) return undefined;
      if (this.window[this.position] !== byte.openBrace) return this.damaged('not-json', this.position);
      const line = this.atLineStart ? this.completeLine(final) : undefined;
      this.atLineStart = false;
      if (line !== undefined) return line;
      this.inRecord = true;
      this.scanner.reset(this.position);
    }
    return this.scannedRecord(final);
  }

  /** Returns the record at `position` if it is a separate line. */
  private completeLine(final: boolean): RecordFrame | 'again' | undefined {
    const { window, position: start } = this;
    let lineEnd = window.indexOf(byte.lineFeed, start);
    if (lineEnd === -1) {
      if (!final) return undefined;
      lineEnd = window.length;
    }
    const end = this.trimmedEnd(start, lineEnd);
    if (window[end - 1] !== byte.closeBrace || end - start > this.limits.maxRecordBytes) return undefined;
    if (this.canSkip(start, end, lineEnd, final)) {
      this.unexaminedLines++;
      this.unexaminedBytes += end - start;
      this.position = end;
      return 'again';
    }
    if (this.lineTaker?.take(window, start, end, this.windowOffset + start) === true) {
      this.takenLines++;
      this.takenBytes += end - start;
      this.position = end;
      return 'again';
    }
    const value = this.parse(start, end);
    if (value === undefined || !isWithinDepth(value, this.limits.maxDepth)) return undefined;
    return this.record(start, end, value);
  }

  /**
   * Checks whether to skip a line. The brace of the next line shows that no record continues beyond this
   * line. The grammar of JSON does not allow an opening brace after a closing one.
   */
  private canSkip(start: number, end: number, lineEnd: number, final: boolean): boolean {
    if (this.lineFilter === undefined) return false;
    const next = lineEnd + 1;
    const endsHere = next >= this.window.length ? final : this.window[next] === byte.openBrace;
    return endsHere && !this.lineFilter.mayMatch(this.window, start, end);
  }

  private scannedRecord(final: boolean): Frame | 'again' | undefined {
    const start = this.position;
    const damagedAt = this.search.damageOf(this.view(final), this.windowOffset + start);
    if (damagedAt === 'open') return undefined;
    const result = damagedAt === undefined ? this.scanner.scan(this.window) : 'damaged';
    const end = damagedAt === undefined ? this.scanner.position : damagedAt - this.windowOffset;
    if (end - start > this.limits.maxRecordBytes) {
      return this.damaged('record-too-large', start + this.limits.maxRecordBytes);
    }
    if (result === 'incomplete' && !final) return undefined;
    if (result !== 'complete') return this.damaged('damaged-json', end);
    if (this.scanner.deepest > this.limits.maxDepth) return this.bad(start, end, 'record-too-deep');
    const value = this.parse(start, end);
    return value === undefined ? this.bad(start, end, 'damaged-json') : this.record(start, end, value);
  }

  private parse(start: number, end: number): object | undefined {
    try {
      // ASCII bytes have the same meaning in both encodings, and latin1 is faster.
      return JSON.parse(this.window.toString(this.windowIsAscii ? 'latin1' : 'utf8', start, end));
    } catch {
      return undefined; // the byte scan or a bad frame finds the position
    }
  }

  private record(start: number, end: number, value: object): RecordFrame {
    this.position = end;
    this.inRecord = false;
    const offset = this.windowOffset + start;
    if (this.copiesRecords) {
      const bytes = Buffer.from(this.window.subarray(start, end));
      return { frame: 'record', offset, bytes, start: 0, end: bytes.length, value };
    }
    return { frame: 'record', offset, bytes: this.window, start, end, value };
  }

  private bad(start: number, end: number, fault: FrameFault): BadFrame {
    this.position = end;
    this.inRecord = false;
    const kept = Buffer.from(this.window.subarray(start, end));
    return { frame: 'bad', offset: this.windowOffset + start, length: end - start, fault, kept };
  }

  private damaged(fault: FrameFault, damagedAt: number): 'again' {
    const start = this.position;
    const offset = this.windowOffset + start;
    this.damage = { fault, offset, length: 0, kept: nothing, start, damagedAt, from: start + 1 };
    this.inRecord = false;
    return 'again';
  }

  /** Continues after damage. Returns the bad frame when its end is known. */
  private resume(damage: Damage, final: boolean): BadFrame | undefined {
    const { window, windowOffset } = this;
    const lineEnd = damage.fault === 'not-json' ? window.indexOf(byte.lineFeed, damage.start) : -1;
    const end = lineEnd === -1 ? window.length : lineEnd;
    const restart = this.search.find(this.view(final), {
      start: damage.offset,
      from: windowOffset + damage.from,
      end: windowOffset + end,
      damagedAt: windowOffset + damage.damagedAt,
    });
    if (restart.found) return this.closeDamage(damage, restart.at - windowOffset);
    damage.from = restart.from - windowOffset;
    const isOver = damage.from === end && (final || lineEnd !== -1);
    if (isOver) return this.closeDamage(damage, end);
    // Bytes before `from` are not examined again, except the byte that shows whether a line starts there.
    // Blanks wait, because they are separators at the end of the region.
    const last = damage.from - 1;
    const textEnd = this.trimmedEnd(damage.start, last);
    this.absorb(damage, last - textEnd > longestBlank ? last : textEnd);
    return undefined;
  }

  private view(final: boolean): View {
    return { bytes: this.window, base: this.windowOffset, final };
  }

  /** Returns the end of the bytes from `start` to `end` without trailing blanks. */
  private trimmedEnd(start: number, end: number): number {
    let trimmed = end;
    while (trimmed > start && isWhitespace(this.window[trimmed - 1] as number)) trimmed--; // in bounds
    return trimmed;
  }

  private closeDamage(damage: Damage, end: number): BadFrame {
    const textEnd = this.trimmedEnd(damage.start, end);
    this.absorb(damage, textEnd);
    this.position = textEnd;
    this.damage = undefined;
    const { offset, length, fault, kept } = damage;
    return { frame: 'bad', offset, length, fault, kept };
  }

  /** Adds the bytes up to `end` to the damage. Only keeps the first of them. */
  private absorb(damage: Damage, end: number): void {
    if (end <= damage.start) return;
    const room = this.limits.maxKeptBytes - damage.kept.length;
    const taken = this.window.subarray(damage.start, end);
    if (room > 0) damage.kept = Buffer.concat([damage.kept, taken.subarray(0, room)]);
    damage.length += taken.length;
    damage.start = end;
  }
}

export { type LineFilter, type LineTaker, Splitter };
