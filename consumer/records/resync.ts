import { byte, JsonScanner } from './json-scanner';
import type { RecordLimits } from './limits';

/** Tells whether a parsed JSON object is a record of a known family. */
type IsRecord = (value: object) => boolean;

/** Where reading can go on after damage; or from where to look again once more bytes are there. */
type Restart = { found: true; at: number } | { found: false; from: number };

type Verdict = 'record' | 'no-record' | 'too-deep' | 'undecided';

/** Whether a whole record of a known family stands at `at`. */
function judge(
  bytes: Buffer,
  at: number,
  scanner: JsonScanner,
  limits: RecordLimits,
  isRecord: IsRecord,
): Verdict {
  scanner.reset(at);
  const result = scanner.scan(bytes, limits.maxDepth);
  if (scanner.deepest > limits.maxDepth) return 'too-deep';
  if (scanner.position - at > limits.maxRecordBytes || result === 'damaged') return 'no-record';
  if (result === 'incomplete') return 'undecided';
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8', at, scanner.position));
    return typeof value === 'object' && value !== null && isRecord(value) ? 'record' : 'no-record';
  } catch {
    return 'no-record'; // not JSON after all
  }
}

/** The first brace at the start of a line behind both places: a record that a deep nest must not hide. */
function nextLine(bytes: Buffer, at: number, damagedAt: number): number {
  const lineEnd = bytes.indexOf('\n{', Math.max(at, damagedAt - 1));
  return lineEnd === -1 ? Number.POSITIVE_INFINITY : lineEnd + 1;
}

/**
 * Looks for the first place behind a damaged record where another record surely begins: a `{` at the
 * start of a line behind the damage, or, anywhere behind the damaged record's own start, a `{` from which
 * a whole record of a known family can be read. The second finds the neighbours that a cut-off record
 * has swallowed, and those on the same line.
 *
 * Which place is found depends on the bytes alone, not on how they were cut into chunks.
 *
 * @param from where to begin looking
 * @param damagedAt where the damage was noticed
 * @param final whether no more bytes will come
 */
function findRestart(
  bytes: Buffer,
  from: number,
  damagedAt: number,
  final: boolean,
  limits: RecordLimits,
  isRecord: IsRecord,
): Restart {
  const scanner = new JsonScanner();
  for (let at = bytes.indexOf(byte.openBrace, from); at !== -1; at = bytes.indexOf(byte.openBrace, from)) {
    if (at >= damagedAt && at > 0 && bytes[at - 1] === byte.lineFeed) return { found: true, at };
    const verdict = judge(bytes, at, scanner, limits, isRecord);
    if (verdict === 'record') return { found: true, at };
    if (verdict === 'undecided' && !final) return { found: false, from: at };
    // Every brace of a nest that is too deep would fail for the same reason: go on behind them all.
    from = verdict === 'too-deep' ? Math.min(scanner.position, nextLine(bytes, at, damagedAt)) : at + 1;
  }
  return { found: false, from: bytes.length };
}

export { findRestart, type IsRecord };
