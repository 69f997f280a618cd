import { frameLength } from '../../records/frame';
import { noLimits } from '../../records/limits';
import { parseRecord } from '../../records/parse-record';
import { Splitter } from '../../records/splitter';
import { DeliveredErasure } from '../erasure/erase-envelope';
import { erasureOf } from '../erasure/erase-outcome';
import { type Mentions, mentionsOf } from '../erasure/mentions';
import type { Tombstones } from '../store/tombstones';
import { UnerasableError } from './places/unerasable-error';

/** A changed record: its offset and length in the decompressed object, and its new length, in bytes. */
type RecordChange = readonly [offset: number, length: number, newLength: number];

/** The id of an event, and its id after its record was changed. */
type IdChange = readonly [id: string, newId: string];

/** Returns the ids of the events in a record or an envelope, in their order. */
function eventIds(delivered: Buffer): string[] {
  const outcomes = parseRecord(delivered, { limits: noLimits });
  return outcomes.flatMap((outcome) => (outcome.outcome === 'event' ? [outcome.id] : []));
}

/** Maximum length of a record, or of a piece of damaged bytes, that is searched as one text. The memory depends on it. */
const maxPieceBytes = 16 * 1024 * 1024;

const [lineFeed, comma] = Buffer.from('\n,');
const nothing: Buffer = Buffer.alloc(0);

/**
 * Erases people from the decompressed bytes of one object, record by record, in any framing. All other bytes remain
 * unchanged. Memory is bounded by the largest record and one chunk.
 */
class ErasedBytes {
  readonly changes: RecordChange[] = [];
  /** The ids of the events in changed records. Removed events, and those that are not events any more, are omitted. */
  readonly ids: IdChange[] = [];
  private readonly splitter: Splitter;
  private readonly erasure: DeliveredErasure;
  private readonly mentions: Mentions;
  /** Bytes that were not returned yet, and the offset of the first. */
  private pending: Buffer = nothing;
  private offset = 0;
  /** Whether the last record was removed, and the separator after it has to be removed too. */
  private removesSeparator = false;

  /** @param tombstones events about a person alone are removed if the tombstone has `removed` */
  constructor(tombstones: Tombstones) {
    this.erasure = new DeliveredErasure(erasureOf(tombstones));
    this.mentions = mentionsOf(tombstones);
    this.splitter = new Splitter({
      limits: { maxRecordBytes: maxPieceBytes, maxKeptBytes: 0 },
      // Nothing changes in a line without a mention, so it need not be parsed.
      lineFilter: { mayMatch: (bytes, start, end) => this.mentions.mayBeIn(bytes, start, end) },
    });
  }

  /**
   * Takes the next bytes, and returns those that are complete.
   * @throws {UnerasableError} for a record, or damaged bytes, of more than 16 MiB
   */
  *push(chunk: Buffer): Generator<Buffer, void> {
    this.pending = this.pending.length === 0 ? chunk : Buffer.concat([this.pending, chunk]);
    this.splitter.push(chunk);
    yield* this.frames(false);
    yield* this.unchanged(this.splitter.undecidedFrom);
    if (this.pending.length > maxPieceBytes + chunk.length) {
      throw new UnerasableError(
        `at byte ${this.offset} begins a record, or damaged text, of more than ${maxPieceBytes} bytes, which is not searched: ` +
          'delete the object, or split the record',
      );
    }
  }

  /** Ends the object and returns the remaining bytes. */
  *end(): Generator<Buffer, void> {
    yield* this.frames(true);
    yield* this.unchanged(this.offset + this.pending.length);
  }

  private *frames(isEnd: boolean): Generator<Buffer, void> {
    for (let frame = this.splitter.next(isEnd); frame !== undefined; frame = this.splitter.next(isEnd)) {
      yield* this.unchanged(frame.offset);
      this.removesSeparator = false;
      const found = this.pending.subarray(0, frameLength(frame));
      const isRecord = frame.frame === 'record';
      if (isRecord && !this.mentions.mayBeIn(found, 0, found.length)) yield found;
      else yield* this.erased(found, isRecord);
      this.skip(found.length);
    }
  }

  private *erased(found: Buffer, isRecord: boolean): Generator<Buffer, void> {
    const isRemoved = isRecord && this.erasure.removes(found);
    const left = isRemoved ? nothing : this.erasure.bytes(found);
    if (left !== found) this.changes.push([this.offset, found.length, left.length]);
    if (left !== found && isRecord && !isRemoved) this.noteIds(found, left);
    this.removesSeparator = isRemoved;
    if (left.length > 0) yield left;
  }

  private noteIds(found: Buffer, left: Buffer): void {
    const [before, after] = [eventIds(found), eventIds(left)];
    if (before.length !== after.length) return;
    before.forEach((id, index) => {
      const newId = after[index];
      if (newId !== undefined && newId !== id) this.ids.push([id, newId]);
    });
  }

  /** Returns the bytes up to an offset: separators, and lines that were not examined. */
  private *unchanged(end: number): Generator<Buffer, void> {
    if (end <= this.offset) return;
    const bytes = this.pending.subarray(0, end - this.offset);
    const kept = this.removesSeparator ? this.withoutSeparator(bytes) : bytes;
    if (kept.length > 0) yield kept;
    this.skip(bytes.length);
  }

  /** Removes the separator at the start of the bytes: up to the end of the line, or to a comma. */
  private withoutSeparator(bytes: Buffer): Buffer {
    const end = bytes.findIndex((byte) => byte === lineFeed || byte === comma || !isBlank(byte));
    if (end === -1) return nothing;
    this.removesSeparator = false;
    return bytes.subarray(bytes[end] === lineFeed || bytes[end] === comma ? end + 1 : end);
  }

  private skip(length: number): void {
    this.pending = this.pending.subarray(length);
    this.offset += length;
  }
}

function isBlank(byte: number): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0d;
}

export { ErasedBytes, type IdChange, type RecordChange };
