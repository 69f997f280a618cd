import { gzipSync } from 'node:zlib';
import { isoTime } from '../messages/identifiers';
import type { SampleEvent } from '../messages/life-cycle';
import type { Random } from '../seed/random';

/** What a reader finds in an object. Over a whole archive, `events` adds up to `options.events`. */
interface SampleCounts {
  /** Events that are delivered for the first time: all different. */
  events: number;
  /** Events delivered again, byte for byte. */
  duplicates: number;
  /**
   * Further records that a reader takes for events: a legacy notification of a bounce that was published
   * too, a Pinpoint record, a kind of event that nobody knows yet.
   */
  extras: number;
  /** Records that cannot be read. */
  broken: number;
  /** Records that are in order and no email events. */
  skipped: number;
}

/** An object as Firehose would have put it into the bucket. */
interface SampleObject extends SampleCounts {
  /** Its key, without a bucket. */
  key: string;
  /** Its content as stored: usually compressed. */
  bytes: Buffer;
}

/** An event with its record, which is never written in two ways. */
interface SampleRecord extends SampleEvent {
  /** JSON without a line end. */
  text: string;
}

/** Low, because generating is to be fast; the records are so alike that they shrink well all the same. */
const compressionLevel = 2;

/** One gzip member. */
function compress(content: string | Uint8Array): Buffer {
  return gzipSync(content, { level: compressionLevel });
}

/** Counts with nothing counted yet. */
function noSampleCounts(): SampleCounts {
  return { events: 0, duplicates: 0, extras: 0, broken: 0, skipped: 0 };
}

/**
 * Names objects as Firehose does, below the prefixes `events/dt=!{timestamp:yyyy-MM-dd}/hour=!{timestamp:HH}/`
 * and `errors/!{firehose:error-output-type}/dt=…/hour=…/`.
 *
 * @see https://docs.aws.amazon.com/firehose/latest/dev/s3-object-name.html
 */
class ObjectNames {
  constructor(
    private readonly streamName: string,
    private readonly random: Random,
  ) {}

  /**
   * @param arrival of the object's oldest record, in epoch milliseconds
   * @param extension of the compression, with its dot
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
