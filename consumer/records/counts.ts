import type { SkipReason } from './outcome';

/**
 * Numbers of objects, records and bytes of a reading. They are complete: `records = events + rejects + skipped + unexamined`, and the
 * bytes add up likewise.
 */
interface ReadCounts {
  /** Number of objects read to their end, or to unreadable bytes. */
  objects: number;
  /** Number of bytes fetched, before decompression. */
  fetchedBytes: number;
  /** Number of events that were returned. */
  events: number;
  /** Number of rejects: records, and remainders of objects. */
  rejects: number;
  /** Numbers of records that are not email events or that the filter excludes, by reason. */
  skipped: Partial<Record<SkipReason, number>>;
  /** Number of lines that a kind filter did not examine, because they cannot contain a kind of the filter. */
  unexamined: number;
  /**
   * Numbers of bytes after decompression, by outcome. An envelope with several records counts as rejects if one of them
   * is rejected, otherwise as events if one of them is an event.
   */
  bytes: { events: number; rejects: number; skipped: number; unexamined: number; separators: number };
}

/** Returns counts of zero. */
function noCounts(): ReadCounts {
  return {
    objects: 0,
    fetchedBytes: 0,
    events: 0,
    rejects: 0,
    skipped: {},
    unexamined: 0,
    bytes: { events: 0, rejects: 0, skipped: 0, unexamined: 0, separators: 0 },
  };
}

/** Adds the counts of another reading to `counts`, which it changes. */
function addCounts(counts: ReadCounts, more: ReadCounts): void {
  counts.objects += more.objects;
  counts.fetchedBytes += more.fetchedBytes;
  counts.events += more.events;
  counts.rejects += more.rejects;
  counts.unexamined += more.unexamined;
  for (const [reason, count] of skippedEntries(more)) {
    counts.skipped[reason] = (counts.skipped[reason] ?? 0) + count;
  }
  for (const kind of Object.keys(counts.bytes) as (keyof ReadCounts['bytes'])[]) {
    counts.bytes[kind] += more.bytes[kind]; // Object.keys forgets the key type
  }
}

/** Returns the reasons for which records were skipped, with their counts. */
function skippedEntries(counts: ReadCounts): [SkipReason, number][] {
  return Object.entries(counts.skipped) as [SkipReason, number][]; // Object.entries forgets the key type
}

/** Returns the number of records that were skipped, for any reason. */
function skippedCount(counts: ReadCounts): number {
  return skippedEntries(counts).reduce((sum, [, count]) => sum + count, 0);
}

/** Returns the number of all records: events, rejects, skipped and unexamined ones. */
function recordCount(counts: ReadCounts): number {
  return counts.events + counts.rejects + skippedCount(counts) + counts.unexamined;
}

/** Returns the number of bytes after decompression. */
function byteCount({ bytes }: ReadCounts): number {
  return bytes.events + bytes.rejects + bytes.skipped + bytes.unexamined + bytes.separators;
}

export { addCounts, byteCount, noCounts, type ReadCounts, recordCount, skippedCount };
