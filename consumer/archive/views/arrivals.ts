import type { Dialect } from '../dialects/dialect';

/** The time in an object's name as Firehose gives it, as text; the name may be a key or a path. */
const nameTime = "'-([0-9]{4}-[0-9]{2}-[0-9]{2}-[0-9]{2}-[0-9]{2}-[0-9]{2})-[0-9a-f]{8}-'";

/**
 * When Firehose began to gather what became an object, from its name; NULL for one of another name.
 *
 * @see https://docs.aws.amazon.com/firehose/latest/dev/s3-object-name.html
 */
function deliveredAt({ keyTime, matched }: Dialect, object: string): string {
  return keyTime(matched(object, nameTime));
}

/** The last part of an object's name: the same wherever the objects lie. */
const objectName = ({ matched }: Dialect, object: string) => matched(object, "'([^/]+)$'");

export { deliveredAt, objectName };
