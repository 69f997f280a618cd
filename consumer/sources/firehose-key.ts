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

export { isFirehoseKey };
