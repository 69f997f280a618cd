import {
  compress,
  noSampleCounts,
  type ObjectNames,
  type SampleCounts,
  type SampleObject,
} from './sample-object';

const initialCapacity = 64 * 1024;
const maxBytesPerUnit = 3; // of UTF-8, per UTF-16 unit

/** An object under construction, with one record per line. Reusable after `close`. */
class LineObject {
  /** Number of records so far. */
  records = 0;
  private counts = noSampleCounts();
  private openedAt = 0;
  private buffer = Buffer.allocUnsafe(initialCapacity);
  private length = 0;

  constructor(private readonly names: ObjectNames) {}

  /** Adds a line and increments a count. */
  append(text: string, count: keyof SampleCounts, arrival: number): void {
    if (this.records === 0) this.openedAt = arrival;
    const needed = this.length + text.length * maxBytesPerUnit + 1;
    if (needed > this.buffer.length) this.grow(needed);
    this.length += this.buffer.write(text, this.length);
    this.buffer[this.length++] = 0x0a;
    this.records++;
    this.counts[count]++;
  }

  /** Returns the object as stored. The next line begins a new one. */
  close(): SampleObject {
    const object = {
      key: this.names.events(this.openedAt, '.gz'),
      bytes: compress(this.buffer.subarray(0, this.length)),
      ...this.counts,
    };
    this.counts = noSampleCounts();
    this.records = 0;
    this.length = 0;
    return object;
  }

  private grow(needed: number): void {
    const larger = Buffer.allocUnsafe(Math.max(needed, this.buffer.length * 2));
    this.buffer.copy(larger, 0, 0, this.length);
    this.buffer = larger;
  }
}

export { LineObject };
