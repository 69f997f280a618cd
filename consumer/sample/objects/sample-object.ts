import { gzipSync } from 'node:zlib';
import { isoTime } from '../messages/identifiers';
import type { SampleEvent } from '../messages/timeline';
import type { Random } from '../seed/random';

/** The counts of an object for a reader. Over a whole archive, `events` adds up to `options.events`. */
interface SampleCounts {
  /** Events that are delivered for the first time, without duplicates. */
  events: number;
  /** Events that are delivered again, byte for byte. */
  duplicates: number;
  /**
   * Further records that a reader counts as events: a legacy twin of a bounce, a Pinpoint record, an unknown
   * event.
   */
  extras: number;
  /** Records that cannot be read. */
  broken: number;
  /** Valid records that are not email events. */
  skipped: number;
}

/** An object as Firehose would store it in the bucket. */
interface SampleObject extends SampleCounts {
  /** Its key, without a bucket. */
  key: string;
  /** Its content as stored, usually compressed. */
  bytes: Buffer;
}

/** An event with its record, so that its text is always the same. */
interface SampleRecord extends SampleEvent {
  /** JSON without a line end. */
  text: string;
}

/** Low for speed. The records are so similar that they compress well anyway. */
const compressionLevel = 2;

/** Returns one gzip member. */
function compress(content: string | Uint8Array): Buffer {
  return gzipSync(content, { level: compressionLevel });
}

/** Returns counts of zero. */
function noSampleCounts(): SampleCounts {
  return { events: 0, duplicates: 0, extras: 0, broken: 0, skipped: 0 };
}

/**
 * Names objects as Firehose does, below the prefixes
 * `events/dt=!{timestamp:yyyy-MM-dd}/hour=!{timestamp:HH}/` and
 * `errors/!{firehose:error-output-type}/dt=…/hour=…/`.
 *
 * @see https://docs.aws.amazon.com/firehose/latest/dev/s3-object-name.html
 */
class ObjectNames {
  constructor(
    private readonly streamName: string,
    private readonly random: Random,
  ) {}

  /**
   * @param arrival arrival of the object's oldest record, in epoch milliseconds
   * @param extension extension of the compression, with its dot
   */
  events(arrival: number, extension: string): string {
    return `events/${this.partitioned(arrival)}${extension}`;
  }

  /** Error objects have no extension. */
  processingFailed(arrival: number): string {
    return `errors/processing-failed/${this.partitioned(arrival)}`;
  }

  private partitioned(arrival: number): string {
    const time = isoTime(arrival);
    const [day, hour] = [time.slice(0, 10), time.slice(11, 13)];
    const second = time.slice(0, 19).replace(/[T:]/g, '-');
    return `dt=${day}/hour=${hour}/${this.streamName}-1-${second}-${this.random.uuid()}`;
  }
}

export { compress, noSampleCounts, ObjectNames, type SampleCounts, type SampleObject, type SampleRecord };
