import type { SkipReason } from './outcome';

/**
 * What became of everything that was read. Nothing is left over:
 * `records = events + rejects + skipped + unexamined`, and the bytes add up likewise.
 */
interface ReadCounts {
  /** Objects read to their end, or to where they could not be read further. */
  objects: number;
  /** Bytes fetched, before decompression. */
  fetchedBytes: number;
  /** Events handed on. */
  events: number;
  /** Records and remainders that could not be read. */
  rejects: number;
  /** Records in order that are not email events, or not those asked for, by reason. */
  skipped: Partial<Record<SkipReason, number>>;
  /** Lines that a kind filter left unread: they cannot hold a wanted kind. */
  unexamined: number;
  /**
   * Bytes after decompression, by what became of them. An envelope with several records counts as
   * rejects when one of them is, otherwise as events when one of them is.
   */
  bytes: { events: number; rejects: number; skipped: number; unexamined: number; separators: number };
}

/** Counts with nothing counted yet. */
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

/** Adds what another reading has counted to `counts`, which it changes. */
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

/** The reasons for which records were skipped, with their counts. */
function skippedEntries(counts: ReadCounts): [SkipReason, number][] {
  return Object.entries(counts.skipped) as [SkipReason, number][]; // Object.entries forgets the key type
}

/** How many records were skipped, for any reason. */
function skippedCount(counts: ReadCounts): number {
  return skippedEntries(counts).reduce((sum, [, count]) => sum + count, 0);
}

/** How many records there were: events, rejects, skipped and unexamined ones. */
function recordCount(counts: ReadCounts): number {
  return counts.events + counts.rejects + skippedCount(counts) + counts.unexamined;
}

/** How many bytes there were after decompression. */
function byteCount({ bytes }: ReadCounts): number {
  return bytes.events + bytes.rejects + bytes.skipped + bytes.unexamined + bytes.separators;
}

export { addCounts, byteCount, noCounts, type ReadCounts, recordCount, skippedCount };
