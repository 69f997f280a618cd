import { median } from '../bench/run';
import type { ScaleResult } from '../bench/scale/scale-result';
import { prices } from './prices';

const daysPerMonth = 30;

/** Bytes that Athena bills for a query at least. */
const leastBytes = 10 * 1024 ** 2;

/** The units of S3's and Athena's prices. */
const bytesPer = { gigabyte: 1024 ** 3, terabyte: 1024 ** 4 } as const;

/** Bytes for each distinct event, as measured. */
interface BytesPerEvent {
  /** Of the delivered objects, and of the archive's files. */
  lines: number;
  archive: number;
  /** Read by the first merge of a day, by another merge of it, to record it, and to join its files. */
  merge: number;
  again: number;
  record: number;
  join: number;
}

/** Returns the bytes for each event. Another merge is in proportion to the first merge of the same day. */
function bytesPerEvent({ fill }: ScaleResult): BytesPerEvent {
  const { rows } = fill.size;
  const merge = fill.merges.physicalInputBytes / rows;
  return {
    lines: fill.lineBytes / rows,
    archive: fill.size.bytes / rows,
    merge,
    again: (merge * fill.again.physicalInputBytes) / fill.first.physicalInputBytes,
    record: fill.records.physicalInputBytes / rows,
    join: fill.joins.physicalInputBytes / rows,
  };
}

/** Costs in dollars of one month of events. */
interface MonthlyCosts {
  /** The storage of these events for a month. */
  storedLines: number;
  storedArchive: number;
  /** What the schedule scans in a month to merge, record and join. */
  filled: number;
  /** One question over all events of the month: the median of the questions, and the one that reads most. */
  askedLines: Asked;
  askedArchive: Asked;
}

interface Asked {
  median: number;
  most: number;
}

/** Returns the price of a query that scans a number of bytes. */
function scanDollars(bytes: number): number {
  return (Math.max(bytes, leastBytes) / bytesPer.terabyte) * prices.scannedTerabyte.dollars;
}

/**
 * Returns the price of what the schedule scans in a month. A day is merged until it is recorded: `lateDays` times.
 *
 * @param daily number of events per day
 */
function fillDollars(measured: ScaleResult, daily: number, lateDays: number): number {
  const { merge, again, record, join } = bytesPerEvent(measured);
  // Two statements merge the days, one records a day, and one combines files.
  const merged = merge + again * (lateDays - 1);
  const scanned = [merged / 2, merged / 2, record, join];
  return scanned.reduce((sum, bytes) => sum + scanDollars(daily * bytes), 0) * daysPerMonth;
}

/**
 * Returns the costs of a month.
 *
 * @param daily number of events per day
 */
function monthlyCosts(measured: ScaleResult, daily: number, lateDays: number): MonthlyCosts {
  const each = bytesPerEvent(measured);
  const monthly = daily * daysPerMonth;
  const stored = (bytes: number) => ((monthly * bytes) / bytesPer.gigabyte) * prices.storedGigabyte.dollars;
  const asked = (source: 'archive' | 'lines'): Asked => {
    const dollars = measured.questions.map((question) =>
      scanDollars((question[source].physicalInputBytes / measured.fill.size.rows) * monthly),
    );
    return { median: median(dollars), most: Math.max(...dollars) };
  };
  return {
    storedLines: stored(each.lines),
    storedArchive: stored(each.archive),
    filled: fillDollars(measured, daily, lateDays),
    askedLines: asked('lines'),
    askedArchive: asked('archive'),
  };
}

export { bytesPerEvent, fillDollars, monthlyCosts };
