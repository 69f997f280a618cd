import type { Dialect } from '../dialects/dialect';

/** The time in an object's name in Firehose's form, as text. The name can be a key or a path. */
const nameTime = "'-([0-9]{4}-[0-9]{2}-[0-9]{2}-[0-9]{2}-[0-9]{2}-[0-9]{2})-[0-9a-f]{8}-'";

/**
 * The time when Firehose began to collect the data of an object, from the object's name; NULL for other names.
 *
 * @see https://docs.aws.amazon.com/firehose/latest/dev/s3-object-name.html
 */
function deliveredAt({ keyTime, matched }: Dialect, object: string): string {
  return keyTime(matched(object, nameTime));
}

/** The last part of an object's name, which does not depend on the object's location. */
const objectName = ({ matched }: Dialect, object: string) => matched(object, "'([^/]+)$'");

export { deliveredAt, objectName };
