import type { ReadCounts } from '../../records/counts';
import type { Outcome } from '../../records/outcome';

/** Events that became rejects in the erasure. */
interface Unerasable {
  events: number;
  /** Bytes that were counted for events, and that belong to rejects. */
  bytes: number;
}

/**
 * Counts events that became rejects. The records of an envelope are consecutive, and all of their bytes count for a
 * reject if one of them is one.
 */
class UnerasableCounts {
  private readonly counts: Unerasable = { events: 0, bytes: 0 };
  private offset = -1;
  private length = 0;
  private isRejected = false;
  private isUnerasable = false;

  /** Adds an outcome, and the outcome after the erasure. */
  add(found: Outcome, left: Outcome | undefined): void {
    const { offset, length } = found.outcome === 'event' ? found.provenance : found;
    if (offset !== this.offset) {
      this.complete();
      this.offset = offset;
      this.length = length;
    }
    if (found.outcome === 'reject') this.isRejected = true;
    if (found.outcome === 'event' && left?.outcome === 'reject') {
      this.counts.events++;
      this.isUnerasable = true;
    }
  }

  result(): Unerasable {
    this.complete();
    return this.counts;
  }

  private complete(): void {
    if (this.isUnerasable && !this.isRejected) this.counts.bytes += this.length;
    this.isRejected = false;
    this.isUnerasable = false;
  }
}

/** Returns the counts of a read, with the events that became rejects counted as rejects. */
function withoutUnerasable(counts: ReadCounts, { events, bytes }: Unerasable): ReadCounts {
  return {
    ...counts,
    events: counts.events - events,
    rejects: counts.rejects + events,
    bytes: { ...counts.bytes, events: counts.bytes.events - bytes, rejects: counts.bytes.rejects + bytes },
  };
}

export { type Unerasable, UnerasableCounts, withoutUnerasable };
