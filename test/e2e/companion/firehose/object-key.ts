import { randomUUID } from 'node:crypto';
import { formatTime } from './prefix';

/** What the last part of an object's key is made from. */
interface ObjectName {
  streamName: string;
  /** Begins with 1; one more with each change of the configuration. */
  version: string;
  /** Approximate arrival of the oldest record of the object. */
  arrival: Date;
  /** @default 'UTC' */
  timeZone?: string | undefined;
  /** With its dot; empty for none. */
  extension: string;
}

/**
 * What Firehose calls an object, behind its prefix.
 * @example objectName({ streamName: 'mail', version: '1', arrival, extension: '.gz' })
 *   // 'mail-1-2026-03-04-05-06-07-0b2f….gz'
 * @see https://docs.aws.amazon.com/firehose/latest/dev/s3-object-name.html
 */
function objectName({ streamName, version, arrival, timeZone, extension }: ObjectName): string {
  const time = formatTime('yyyy-MM-dd-HH-mm-ss', arrival, timeZone);
  return `${streamName}-${version}-${time}-${randomUUID()}${extension}`;
}

export { objectName };
