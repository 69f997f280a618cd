/**
 * Keys in the order of S3, by UTF-8 bytes. The order of JavaScript, by UTF-16 units, differs above U+FFFF.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/ListingKeysUsingAPIs.html
 */
class SortedKeys {
  private readonly entries: readonly { key: string; bytes: Buffer }[];

  constructor(keys: Iterable<string>) {
    this.entries = Array.from(keys, (key) => ({ key, bytes: Buffer.from(key) })).sort((one, other) =>
      Buffer.compare(one.bytes, other.bytes),
    );
  }

  at(index: number): string | undefined {
    return this.entries[index]?.key;
  }

  /** Returns the index of the first key that is not smaller than `key`. */
  indexFrom(key: string): number {
    const bytes = Buffer.from(key);
    let low = 0;
    let high = this.entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const entry = this.entries[middle];
      if (entry !== undefined && Buffer.compare(entry.bytes, bytes) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Returns the index of the first key that is greater than `key`. */
  indexAfter(key: string): number {
    return this.indexFrom(`${key}\0`);
  }
}

export { SortedKeys };
