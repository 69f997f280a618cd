import { randomUUID } from 'node:crypto';
import { formatTime } from './prefix';

/** The parts of the name of an object. */
interface ObjectName {
  streamName: string;
  /** Starts at 1 and increases with each change of the configuration. */
  version: string;
  /** Approximate arrival of the oldest record in the object. */
  arrival: Date;
  /** @default 'UTC' */
  timeZone?: string | undefined;
  /** With its dot; empty for none. */
  extension: string;
}

/**
 * Returns the name of an object, without its prefix.
 * @example objectName({ streamName: 'mail', version: '1', arrival, extension: '.gz' })
 *   // 'mail-1-2026-03-04-05-06-07-0b2f….gz'
 * @see https://docs.aws.amazon.com/firehose/latest/dev/s3-object-name.html
 */
function objectName({ streamName, version, arrival, timeZone, extension }: ObjectName): string {
  const time = formatTime('yyyy-MM-dd-HH-mm-ss', arrival, timeZone);
  return `${streamName}-${version}-${time}-${randomUUID()}${extension}`;
}

export { objectName };
