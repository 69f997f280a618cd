import { byte } from './json-scanner';
import type { RecordLimits } from './limits';
import { NestScanner } from './nest-scanner';

/** Bytes at hand. Offsets count from the start of what is split. */
interface View {
  bytes: Buffer;
  /** Offset of the first of the bytes. */
  base: number;
  /** Whether no more bytes will come. */
  final: boolean;
}

/** Where to look for a restart. */
interface Region {
  /** Where the damaged record starts. */
  start: number;
  /** From where to look, and up to where a record may begin. */
  from: number;
  end: number;
  /** Where the damage was noticed. */
  damagedAt: number;
}

/** Where reading can go on after damage; or from where to look again once more bytes are there. */
type Restart = { found: true; at: number } | { found: false; from: number };

/**
 * Looks for the places where records surely begin behind damage. It keeps what it has learned: each byte is
 * scanned at most twice, once as text and once as the inside of a string, however many braces could begin a
 * record and however often it is asked.
 */
class RestartSearch {
  /**
   * Two are enough: of two scans that pass over the same brace, one sees it within a string and the other does
   * not, unless both are the same from there on.
   */
  private readonly scans: [NestScanner, NestScanner];

  constructor(private readonly limits: RecordLimits) {
    this.scans = [new NestScanner(limits), new NestScanner(limits)];
  }

  /**
   * The first place where another record surely begins: a `{` at the start of a line behind the damage, or,
   * anywhere behind the damaged record's own start, a `{` from which a whole record of a known family can be
   * read. The second finds the neighbors that a cut-off record has swallowed, and those on the same line.
   *
   * The place depends on the bytes alone, not on how they were cut into chunks.
   */
  find(view: View, { start, from, end, damagedAt }: Region): Restart {
    const { base } = view;
    const bytes = view.bytes.subarray(0, end - base);
    // Tells of the objects inside it, too.
    if (from === start + 1 && bytes[start - base] === byte.openBrace) this.judge(view, start);
    let at = bytes.indexOf(byte.openBrace, from - base);
    for (; at !== -1; at = bytes.indexOf(byte.openBrace, at + 1)) {
      const offset = base + at;
      if (offset >= damagedAt && bytes[at - 1] === byte.lineFeed) return { found: true, at: offset };
      const scan = this.judge(view, offset);
      const verdict = scan.verdict(offset);
      if (verdict === 'record') return { found: true, at: offset };
      if (verdict === 'open' && !scan.isTooLarge(offset)) return { found: false, from: offset };
    }
    return { found: false, from: end };
  }

  /**
   * How far the object at `start` could be read before it turned out damaged or too large, if a search has come
   * by there: no need to find out again.
   *
   * @returns `open` when more bytes are needed, undefined when the object may be whole
   */
  damageOf(view: View, start: number): number | 'open' | undefined {
    const scan = this.scanOver(start);
    if (scan === undefined) return undefined;
    this.goOn(scan, view, start);
    const verdict = scan.verdict(start);
    const isOpen = verdict === 'open' || verdict === 'too-deep';
    if (verdict === 'damaged' || (isOpen && scan.isTooLarge(start))) return scan.end;
    return isOpen ? 'open' : undefined;
  }

  /** The scan that tells what is known of the object at `start`, as far as the bytes go. */
  private judge(view: View, start: number): NestScanner {
    const scan = this.scanOver(start) ?? this.begin(start);
    const verdict = scan.verdict(start);
    if (verdict === undefined || verdict === 'open') this.goOn(scan, view, start);
    return scan;
  }

  private goOn(scan: NestScanner, { bytes, base, final }: View, start: number): void {
    const end = base + bytes.length;
    scan.advance(bytes, base, Math.min(end, start + this.limits.maxRecordBytes + 1));
    if (final && scan.end === end) scan.breakOff();
  }

  private scanOver(start: number): NestScanner | undefined {
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
