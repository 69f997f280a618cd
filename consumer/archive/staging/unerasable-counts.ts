import type { ReadCounts } from '../../records/counts';
import type { Outcome } from '../../records/outcome';

/** Events that were read and are rejects without those who were forgotten. */
interface Unerasable {
  events: number;
  /** Bytes that were counted as those of events, and are those of rejects. */
  bytes: number;
}

/**
 * Counts events that became rejects. Records of one envelope lie one behind the other, and their bytes count
 * as a reject's when one of them is.
 */
class UnerasableCounts {
  private readonly counts: Unerasable = { events: 0, bytes: 0 };
  private offset = -1;
  private length = 0;
  private isRejected = false;
  private isUnerasable = false;

  /** Notes what was read, and what is left of it. */
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

/** What was read, with the events that became rejects counted as such. */
function withoutUnerasable(counts: ReadCounts, { events, bytes }: Unerasable): ReadCounts {
  return {
    ...counts,
    events: counts.events - events,
    rejects: counts.rejects + events,
    bytes: { ...counts.bytes, events: counts.bytes.events - bytes, rejects: counts.bytes.rejects + bytes },
  };
}

export { type Unerasable, UnerasableCounts, withoutUnerasable };
