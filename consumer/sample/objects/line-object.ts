import {
  compress,
  noSampleCounts,
  type ObjectNames,
  type SampleCounts,
  type SampleObject,
} from './sample-object';

const firstCapacity = 64 * 1024;
const mostBytesPerUnit = 3; // of UTF-8, per UTF-16 unit

/** An object under construction, with one record per line. Reusable after `close`. */
class LineObject {
  /** Number of records so far, of any sort. */
  records = 0;
  private counts = noSampleCounts();
  private openedAt = 0;
  private buffer = Buffer.allocUnsafe(firstCapacity);
  private length = 0;

  constructor(private readonly names: ObjectNames) {}

  /** Adds a line, which is counted as `sort`. */
  append(text: string, sort: keyof SampleCounts, arrival: number): void {
    if (this.records === 0) this.openedAt = arrival;
    const needed = this.length + text.length * mostBytesPerUnit + 1;
    if (needed > this.buffer.length) this.grow(needed);
    this.length += this.buffer.write(text, this.length);
    this.buffer[this.length++] = 0x0a;
    this.records++;
    this.counts[sort]++;
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
