const twoTo32 = 2 ** 32;

const hexByte: readonly string[] = Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).padStart(2, '0'),
);

/** Expands one seed to several words of state (splitmix32). */
function splitmix32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return mixed ^ (mixed >>> 15);
  };
}

/**
 * A seeded source of numbers that are the same on every machine (sfc32 of the PractRand suite). It only uses
 * integer arithmetic, because functions such as `Math.log` can differ between engines.
 */
class Random {
  private a: number;
  private b: number;
  private c: number;
  private counter = 1;

  /**
   * @param seed a safe integer
   * @param stream number of one of the independent sequences of that seed
   */
  constructor(seed: number, stream: number) {
    const word = splitmix32(
      (seed % twoTo32) ^ Math.imul(Math.floor(seed / twoTo32) + 1, 0x85ebca6b) ^ stream,
    );
    this.a = word();
    this.b = word();
    this.c = word();
    for (let i = 0; i < 12; i++) this.next();
  }

  /** Returns the next unsigned 32-bit integer. */
  next(): number {
    const sum = (this.a + this.b + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (((this.c << 21) | (this.c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  /** Returns a number from 0 to below 1. */
  fraction(): number {
    return this.next() / twoTo32;
  }

  /** Returns an integer from `min` to `max`, both included. */
  integer(min: number, max: number): number {
    return min + Math.floor(this.fraction() * (max - min + 1));
  }

  /** Returns true once in `times` calls, on average. */
  onceIn(times: number): boolean {
    return this.integer(1, times) === 1;
  }

  /**
   * Returns one of the items.
   *
   * @throws {RangeError} when there are none
   */
  pick<Item>(items: readonly Item[]): Item {
    if (items.length === 0) throw new RangeError('cannot pick from an empty list');
    return items[this.integer(0, items.length - 1)] as Item; // in bounds
  }

  /** Returns the items in another order, without changing the list. */
  shuffled<Item>(items: readonly Item[]): Item[] {
    const shuffled = [...items];
    for (let last = shuffled.length - 1; last > 0; last--) {
      const other = this.integer(0, last);
      const item = shuffled[last] as Item; // both indexes are in bounds
      shuffled[last] = shuffled[other] as Item;
      shuffled[other] = item;
    }
    return shuffled;
  }

  /** Returns eight hexadecimal digits for each of `words`. */
  hex(words: number): string {
    let digits = '';
    for (let i = 0; i < words; i++) {
      const word = this.next();
      // Every byte has an entry.
      digits += `${hexByte[word >>> 24]}${hexByte[(word >>> 16) & 255]}${hexByte[(word >>> 8) & 255]}${hexByte[word & 255]}`;
    }
    return digits;
  }

  /** Returns text in the form of a random (version 4) UUID. */
  uuid(): string {
    const digits = this.hex(4);
    return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-a${digits.slice(17, 20)}-${digits.slice(20)}`;
  }
}

export { Random };
