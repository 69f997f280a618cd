import { byte } from './json-scanner';
import type { RecordLimits } from './limits';
import { NestScanner } from './nest-scanner';

/** The available bytes. Offsets count from the start of the object that is split. */
interface View {
  bytes: Buffer;
  /** Offset of the first byte. */
  base: number;
  /** Whether these are the last bytes. */
  final: boolean;
}

/** The region in which to search for a restart. */
interface Region {
  /** Offset of the damaged record. */
  start: number;
  /** Start of the search, and limit for the start of a record. */
  from: number;
  end: number;
  /** Offset at which the damage was detected. */
  damagedAt: number;
}

/**
 * The offset at which reading can continue after damage, or the offset from which to search again with more
 * bytes.
 */
type Restart = { found: true; at: number } | { found: false; from: number };

/**
 * Searches for certain starts of records after damage. It keeps its results, whatever the number of braces
 * and searches. Each byte is scanned at most twice: once as text and once as the inside of a string.
 */
class RestartSearch {
  /**
   * Two scans are enough. If two scans pass the same brace, one is within a string there and the other is
   * not, or both are identical from there on.
   */
  private readonly scans: [NestScanner, NestScanner];

  constructor(private readonly limits: RecordLimits) {
    this.scans = [new NestScanner(limits), new NestScanner(limits)];
  }

  /**
   * Finds the first certain start of another record. It is one of:
   * - a `{` at the start of a line after the damage;
   * - a `{` after the start of the damaged record, from which a complete record of a known family can be read.
   *
   * The second form finds the neighbors inside a cut-off record, and those on the same line.
   *
   * The place depends on the bytes only, not on how they were cut into chunks.
   */
  find(view: View, { start, from, end, damagedAt }: Region): Restart {
    const { base } = view;
    const bytes = view.bytes.subarray(0, end - base);
    // Covers the objects inside it, too.
    if (from === start + 1 && bytes[start - base] === byte.openBrace) this.scanAt(view, start);
    let at = bytes.indexOf(byte.openBrace, from - base);
    for (; at !== -1; at = bytes.indexOf(byte.openBrace, at + 1)) {
      const offset = base + at;
      if (offset >= damagedAt && bytes[at - 1] === byte.lineFeed) return { found: true, at: offset };
      const scan = this.scanAt(view, offset);
      const verdict = scan.verdict(offset);
      if (verdict === 'record') return { found: true, at: offset };
      if (verdict === 'open' && !scan.isTooLarge(offset)) return { found: false, from: offset };
    }
    return { found: false, from: end };
  }

  /**
   * Returns the offset up to which the object at `start` could be read before it was damaged or too large.
   * Only uses the scans of earlier searches, so that the bytes are not scanned again.
   *
   * @returns `open` when more bytes are necessary, undefined when the object may be complete
   */
  damageOf(view: View, start: number): number | 'open' | undefined {
    const scan = this.runningScan(start);
    if (scan === undefined) return undefined;
    this.continueAt(scan, view, start);
    const verdict = scan.verdict(start);
    const isOpen = verdict === 'open' || verdict === 'too-deep';
    if (verdict === 'damaged' || (isOpen && scan.isTooLarge(start))) return scan.end;
    return isOpen ? 'open' : undefined;
  }

  /** Returns the scan with the verdict on the object at `start`, as far as the bytes reach. */
  private scanAt(view: View, start: number): NestScanner {
    const scan = this.runningScan(start) ?? this.begin(start);
    const verdict = scan.verdict(start);
    if (verdict === undefined || verdict === 'open') this.continueAt(scan, view, start);
    return scan;
  }

  private continueAt(scan: NestScanner, { bytes, base, final }: View, start: number): void {
    const end = base + bytes.length;
    scan.advance(bytes, base, Math.min(end, start + this.limits.maxRecordBytes + 1));
    if (final && scan.end === end) scan.cutOff();
  }

  private runningScan(start: number): NestScanner | undefined {
    return this.scans.find((scan) => start < scan.end && scan.verdict(start) !== undefined);
  }

  private begin(start: number): NestScanner {
    const [one, other] = this.scans;
    const scan = one.end <= other.end ? one : other;
    scan.begin(start);
    return scan;
  }
}

export { RestartSearch, type View };
