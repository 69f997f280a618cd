import { type EmailEvent, eventTime } from '../events';
import { byteCount, noCounts, type ReadCounts } from './counts';
import { type BadFrame, type Frame, frameLength } from './frame';
import { KindFilter } from './kind-filter';
import type { Outcome, RejectReason, SkipReason } from './outcome';
import { checkFilter, type RecordFilter } from './record-filter';
import { RecordParser } from './record-parser';
import { type LineTaker, Splitter } from './splitter';

/**
 * Reads the decompressed bytes of one object into outcomes, and counts every record and byte. The caller must
 * not change a chunk after pushing it, unless {@link sharesBytes} is false and the next chunk was read too.
 */
class ObjectReader {
  readonly counts: ReadCounts = noCounts();
  private readonly splitter: Splitter;
  private readonly parser: RecordParser;
  private readonly kinds: ReadonlySet<string> | undefined;
  private hasReturned = false;

  /**
   * @param lineTaker takes events from their lines before they are parsed; they are counted and not returned
   */
  constructor(
    private readonly object: string,
    private readonly filter: RecordFilter = {},
    lineTaker?: LineTaker,
  ) {
    const { kinds, since, until, limits = {} } = filter;
    const isFiltered = kinds !== undefined || since !== undefined || until !== undefined;
    checkFilter(filter);
    this.kinds = kinds && new Set<string>(kinds);
    this.splitter = new Splitter({
      limits,
      ...(kinds && { lineFilter: new KindFilter(kinds) }),
      ...(lineTaker !== undefined && !isFiltered && { lineTaker }),
    });
    this.parser = new RecordParser(object, limits);
  }

  /**
   * Whether outcomes since the last chunk was pushed can refer to its bytes. The rest of a chunk, which is in no outcome yet,
   * is copied with the next chunk. With `kinds`, events have a copy of their bytes.
   */
  get sharesBytes(): boolean {
    return this.hasReturned && this.kinds === undefined;
  }

  /** Takes the next bytes and returns the outcomes of the records that they complete. */
  *push(chunk: Uint8Array): Generator<Outcome, void> {
    this.hasReturned = false;
    this.splitter.push(chunk);
    yield* this.frames(false);
  }

  /** Ends the object and returns the outcomes of the remaining bytes. */
  *end(): Generator<Outcome, void> {
    yield* this.frames(true);
    this.counts.objects = 1;
  }

  /**
   * Ends an object that cannot be read further, and returns the outcomes of the remaining bytes. Complete
   * records are first, then one reject with the bytes of a cut record, if any.
   */
  *fail(reason: RejectReason, message: string): Generator<Outcome, void> {
    let cut: BadFrame | undefined;
    for (let frame = this.splitter.next(true); frame !== undefined; frame = this.splitter.next(true)) {
      if (cut !== undefined) yield* this.outcomes(cut);
      cut = frame.frame === 'bad' ? frame : undefined;
      if (frame.frame === 'record') yield* this.outcomes(frame);
    }
    this.countUnread();
    this.counts.objects = 1;
    const { object, counts } = this;
    const { offset, length, kept } = cut ?? { offset: byteCount(counts), length: 0, kept: new Uint8Array() };
    counts.rejects++;
    counts.bytes.rejects += length;
    const location = { object, offset, length, envelopes: [] };
    yield { outcome: 'reject', ...location, reason, message, issues: [], raw: kept };
  }

  private *frames(final: boolean): Generator<Outcome, void> {
    for (let frame = this.splitter.next(final); frame !== undefined; frame = this.splitter.next(final)) {
      this.hasReturned = true;
      const event = this.parser.publishedEvent(frame);
      if (event !== undefined && this.skipReason(event.event) === undefined) {
        this.counts.events++;
        this.counts.bytes.events += event.provenance.length;
        yield event;
      } else {
        yield* this.outcomes(frame);
      }
    }
    this.countUnread();
  }

  /** Adds the counts of the splitter for bytes without a frame. */
  private countUnread(): void {
    this.counts.events += this.splitter.takenLines;
    this.counts.bytes.events += this.splitter.takenBytes;
    this.splitter.takenLines = 0;
    this.splitter.takenBytes = 0;
    this.counts.unexamined = this.splitter.unexaminedLines;
    this.counts.bytes.unexamined = this.splitter.unexaminedBytes;
    this.counts.bytes.separators = this.splitter.separatorBytes;
  }

  private *outcomes(frame: Frame): Generator<Outcome, void> {
    const { counts } = this;
    const { events, rejects } = counts;
    for (const outcome of this.parser.outcomes(frame)) yield this.counted(this.filtered(outcome));
    const length = frameLength(frame);
    if (counts.rejects > rejects) counts.bytes.rejects += length;
    else if (counts.events > events) counts.bytes.events += length;
    else counts.bytes.skipped += length;
  }

  private counted(outcome: Outcome): Outcome {
    const { counts } = this;
    if (outcome.outcome === 'event') counts.events++;
    else if (outcome.outcome === 'reject') counts.rejects++;
    else counts.skipped[outcome.reason] = (counts.skipped[outcome.reason] ?? 0) + 1;
    return outcome;
  }

  private filtered(outcome: Outcome): Outcome {
    if (outcome.outcome !== 'event') return outcome;
    const reason = this.skipReason(outcome.event);
    if (reason === undefined) return outcome;
    const { origin: _, ...location } = outcome.provenance;
    return { outcome: 'skip', reason, ...location };
  }

  /** Returns the reason why the filter excludes an event. An event without a time is outside every range. */
  private skipReason(event: EmailEvent): SkipReason | undefined {
    if (this.kinds !== undefined && !this.kinds.has(event.eventType)) return 'other-kind';
    const { since, until } = this.filter;
    if (since === undefined && until === undefined) return undefined;
    const time = eventTime(event);
    const inside = time !== undefined && (!since || time >= since) && (!until || time < until);
    return inside ? undefined : 'outside-time-range';
  }
}

export { ObjectReader };
