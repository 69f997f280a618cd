/**
 * How Firehose names objects, behind whatever prefix: stream, version (absent with dynamic partitioning),
 * the time of the oldest record, a UUID, and perhaps an extension. Parquet and ORC are no event records.
 *
 * @see https://docs.aws.amazon.com/firehose/latest/dev/s3-object-name.html
 */
const firehoseName =
  /(?:^|\/)[\w.-]+(?:-\d+)?-\d{4}-\d\d-\d\d-\d\d-\d\d-\d\d-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:\.[^/]*)?$/i;
const columnar = /\.(?:parquet|orc)$/i;

/** Whether Firehose may have written the object as event records. */
function isFirehoseKey(key: string): boolean {
  return firehoseName.test(key) && !columnar.test(key);
}

/**
 * How long after a partition's hour its objects may still get records that happened in it or later:
 * Firehose buffers for up to 15 minutes and names the object by its oldest record, and `CustomTimeZone`
 * shifts partitions by up to 14 hours.
 *
 * @see https://docs.aws.amazon.com/firehose/latest/dev/s3-object-name.html
 */
const marginMillis = (14 * 60 + 15) * 60 * 1000;

const hourMillis = 60 * 60 * 1000;

const hivePartition = /(?:^|\/)dt=(\d{4})-(\d\d)-(\d\d)(?:\/hour=(\d\d))?\//;
const defaultPartition = /(?:^|\/)(\d{4})\/(\d\d)\/(\d\d)\/(\d\d)\//;

/** When the key's partition ends, in epoch milliseconds; undefined when the key names none. */
function partitionEnd(key: string): number | undefined {
  const match = hivePartition.exec(key) ?? defaultPartition.exec(key);
  if (match === null) return undefined;
  const [year = Number.NaN, month = Number.NaN, day = Number.NaN, hour] = match.slice(1).map(Number);
  const start = Date.UTC(year, month - 1, day, Number.isNaN(hour) ? 0 : hour);
  const length = hour === undefined || Number.isNaN(hour) ? 24 * hourMillis : hourMillis;
  return start + length;
}

/**
 * Whether a key's partition (`dt=2026-03-04/hour=05/`, or Firehose's default `2026/03/04/05/`) lies wholly
 * before a time, with a margin for buffering and time zones. Such an object can hold no event of that time
 * or later, because nothing arrives before it happens. There is no upper bound: late events arrive in
 * later partitions.
 */
function isPartitionBefore(key: string, since: Date): boolean {
  const end = partitionEnd(key);
  return end !== undefined && end + marginMillis <= since.getTime();
}

export { isFirehoseKey, isPartitionBefore };
