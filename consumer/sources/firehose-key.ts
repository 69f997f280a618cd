/**
 * The form of object names of Firehose, after any prefix: stream, version (absent with dynamic partitioning),
 * time of the oldest record, UUID, and optional extension. Parquet and ORC files do not contain event
 * records.
 *
 * @see https://docs.aws.amazon.com/firehose/latest/dev/s3-object-name.html
 */
const firehoseName =
  /(?:^|\/)[\w.-]+(?:-\d+)?-\d{4}-\d\d-\d\d-\d\d-\d\d-\d\d-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:\.[^/]*)?$/i;
const columnar = /\.(?:parquet|orc)$/i;

/** Checks whether an object can contain event records of Firehose, by its key. */
function isFirehoseKey(key: string): boolean {
  return firehoseName.test(key) && !columnar.test(key);
}

/**
 * Time after a partition's hour during which its objects can still receive records of that hour or later.
 * Firehose buffers for up to 15 minutes and names the object by its oldest record. `CustomTimeZone` shifts
 * partitions by up to 14 hours.
 *
 * @see https://docs.aws.amazon.com/firehose/latest/dev/s3-object-name.html
 */
const marginMillis = (14 * 60 + 15) * 60 * 1000;

const hourMillis = 60 * 60 * 1000;

const hivePartition = /(?:^|\/)dt=(\d{4})-(\d\d)-(\d\d)(?:\/hour=(\d\d))?\//;
const defaultPartition = /(?:^|\/)(\d{4})\/(\d\d)\/(\d\d)\/(\d\d)\//;

/** Returns the end of the partition in a key, in epoch milliseconds; undefined for a key without one. */
function partitionEnd(key: string): number | undefined {
  const match = hivePartition.exec(key) ?? defaultPartition.exec(key);
  if (match === null) return undefined;
  const [year = Number.NaN, month = Number.NaN, day = Number.NaN, hour] = match.slice(1).map(Number);
  const start = Date.UTC(year, month - 1, day, Number.isNaN(hour) ? 0 : hour);
  const length = hour === undefined || Number.isNaN(hour) ? 24 * hourMillis : hourMillis;
  return start + length;
}

/**
 * Checks whether the partition of a key (`dt=2026-03-04/hour=05/`, or Firehose's default `2026/03/04/05/`)
 * ends before a time, with a margin for buffering and time zones. Its objects cannot contain events of that
 * time or later, because no event arrives before it happens. There is no upper bound: late events arrive in
 * later partitions.
 */
function isPartitionBefore(key: string, since: Date): boolean {
  const end = partitionEnd(key);
  return end !== undefined && end + marginMillis <= since.getTime();
}

export { isFirehoseKey, isPartitionBefore };
