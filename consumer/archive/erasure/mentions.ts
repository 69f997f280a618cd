import { jsonValue } from '../../events/json-object';
import { Forgotten, type Tombstones } from '../store/tombstones';
import { findInText, UntouchedTexts } from './erase-text';
import { KnownBytes } from './known-bytes';
import {
  byteClass,
  classBits,
  firstPlaces,
  otherClass,
  plainSign,
  possiblePlaces,
  signs,
} from './spellings/address-signs';
import { textOf } from './spellings/lossless-text';
import { isWithinAddress, plainDomainEnd, plainLocalStart } from './spellings/plain-address';

const [quote, backslash] = Buffer.from('"\\');

/** Bytes of a short value: most addresses, ids and subjects. */
const shortValue = 64;

/** The depth of texts in a record, as in {@link findInText}. */
const depth = 1;

/** Whether an odd number of backslashes escapes the byte. */
function isEscaped(bytes: Buffer, index: number): boolean {
  let first = index;
  while (bytes[first - 1] === backslash) first--;
  return (index - first) % 2 === 1;
}

/**
 * Finds the records that may mention erased people: only these need the exact search. It looks at each byte once, and
 * into the few texts that have a sign of an address: most of these are known from earlier records.
 */
class Mentions {
  private readonly forgotten: Forgotten;
  /** Texts as they are written in records, escapes included. */
  private readonly untouched = new UntouchedTexts();
  /** The last ones of these, and the last addresses of nobody who was erased. */
  private readonly frequent = new KnownBytes(4096, 128);
  private readonly others = new KnownBytes(16_384, 64);
  /** The last values without a mention: those of a message are in each of its events, and many in those of others. */
  private readonly shortValues = new KnownBytes(8192, shortValue);
  private readonly values = new KnownBytes(2048, 1024);
  private hasFound = false;

  constructor(tombstones: Tombstones) {
    this.forgotten = new Forgotten(tombstones);
  }

  /** The same as {@link mayBeIn}, for a value of a record, which other records often repeat. */
  mayBeInValue(bytes: Buffer, start: number, end: number): boolean {
    const known = end - start <= shortValue ? this.shortValues : this.values;
    if (known.has(bytes, start, end)) return false;
    const mayBe = this.mayBeIn(bytes, start, end);
    if (!mayBe) known.add(bytes, start, end);
    return mayBe;
  }

  /**
   * Whether the JSON text from `start` to `end` may mention one of the people, in any spelling. It can be a record, a value
   * in it, or a text with its quotation marks.
   */
  mayBeIn(bytes: Buffer, start: number, end: number): boolean {
    // Local names: an imported one is looked up in its module for each byte.
    const [classes, places, first, last] = [byteClass, possiblePlaces, firstPlaces, signs];
    let state = 0;
    let previous: number = otherClass;
    for (let at = start; at < end; at++) {
      const next = classes[bytes[at] as number] as number; // in bounds
      state = ((state << 1) | first) & (places[(previous << classBits) | next] as number); // as above
      previous = next;
      const found = state & last;
      if (found === 0 || (found === plainSign && this.isOther(bytes, at))) continue;
      const textEnd = this.endOfUntouched(bytes, at, start, end);
      if (textEnd === undefined) return true;
      at = textEnd;
      state = 0;
      previous = otherClass;
    }
    return false;
  }

  /** Whether the only address around an `@` is of nobody who was erased. */
  private isOther(bytes: Buffer, at: number): boolean {
    const start = plainLocalStart(bytes, at);
    const end = start < 0 ? -1 : plainDomainEnd(bytes, at + 1);
    if (end < 0 || isWithinAddress(bytes, start, end)) return false;
    if (this.others.has(bytes, start, end)) return true;
    const address = bytes.toString('latin1', start, end).toLowerCase();
    if (this.forgotten.findNew(address) !== undefined) return false;
    this.others.add(bytes, start, end);
    return true;
  }

  /** The closing quotation mark of the text around a place; undefined when it may mention one of the people. */
  private endOfUntouched(bytes: Buffer, at: number, start: number, end: number): number | undefined {
    let first = at;
    while (first >= start && (bytes[first] !== quote || isEscaped(bytes, first))) first--;
    let last = at + 1;
    while (last < end && (bytes[last] !== quote || isEscaped(bytes, last))) last++;
    if (first < start || last >= end) return undefined;
    const isUntouched = this.frequent.has(bytes, first, last) || this.isUntouched(bytes, first, last);
    if (!isUntouched) return undefined;
    return last;
  }

  /** Whether a text mentions nobody, given the places of its quotation marks. */
  private isUntouched(bytes: Buffer, first: number, last: number): boolean {
    const written = bytes.toString('latin1', first, last + 1);
    if (!this.untouched.has(written)) {
      const text = jsonValue(textOf(bytes.subarray(first, last + 1)));
      if (typeof text !== 'string' || this.isMentionedIn(text)) return false;
      this.untouched.add(written);
    }
    this.frequent.add(bytes, first, last);
    return true;
  }

  private isMentionedIn(text: string): boolean {
    this.hasFound = this.forgotten.findNew(text) !== undefined; // a recipient is looked up as it is, too
    findInText(text, this.pseudonym, { isProse: true, depth });
    // The items of a list are searched one by one, which can cut an encoded word.
    if (text.includes(',')) findInText(text, this.pseudonym, { depth });
    return this.hasFound;
  }

  /** A pseudonym is also a mention, but not a replacement. */
  private readonly pseudonym = (address: string) => {
    const found = this.forgotten.findNew(address)?.pseudonym;
    this.hasFound ||= found !== undefined;
    return found;
  };
}

const searches = new WeakMap<Tombstones, Mentions>();

/** Returns the search for these tombstones. It is created once, because it caches texts and addresses. */
function mentionsOf(tombstones: Tombstones): Mentions {
  const search = searches.get(tombstones) ?? new Mentions(tombstones);
  searches.set(tombstones, search);
  return search;
}

export { Mentions, mentionsOf };
