import { jsonValue } from '../../events/json-object';
import { Forgotten, type Tombstones } from '../store/tombstones';
import { findInText, UntouchedTexts } from './erase-text';
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
import { plainAddress } from './spellings/plain-address';

const [quote, backslash] = Buffer.from('"\\');

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
  private hasFound = false;

  constructor(tombstones: Tombstones) {
    this.forgotten = new Forgotten(tombstones);
  }

  /** Whether the record from `start` to `end`, which has to be JSON, may mention one of the people, in any spelling. */
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
    const address = plainAddress(bytes, at);
    return address !== undefined && this.forgotten.find(address) === undefined;
  }

  /** The closing quotation mark of the text around a place; undefined when it may mention one of the people. */
  private endOfUntouched(bytes: Buffer, at: number, start: number, end: number): number | undefined {
    let first = at;
    while (first >= start && (bytes[first] !== quote || isEscaped(bytes, first))) first--;
    let last = at + 1;
    while (last < end && (bytes[last] !== quote || isEscaped(bytes, last))) last++;
    if (first < start || last >= end) return undefined;
    const written = bytes.toString('latin1', first, last + 1);
    if (this.untouched.has(written)) return last;
    const text = jsonValue(textOf(bytes.subarray(first, last + 1)));
    if (typeof text !== 'string' || this.isMentionedIn(text)) return undefined;
    this.untouched.add(written);
    return last;
  }

  private isMentionedIn(text: string): boolean {
    this.hasFound = this.forgotten.find(text) !== undefined; // a recipient is looked up as it is, too
    for (const isProse of [false, true]) {
      if (!this.hasFound) findInText(text, this.pseudonym, { isProse, depth });
    }
    return this.hasFound;
  }

  /** A pseudonym is also a mention, but not a replacement. */
  private readonly pseudonym = (address: string) => {
    const found = this.forgotten.find(address)?.pseudonym;
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
