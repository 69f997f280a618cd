import { gzipSync } from 'node:zlib';
import type { SampleEvent } from '../messages/life-cycle';

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

export { compress, noSampleCounts, type SampleCounts, type SampleObject, type SampleRecord };
