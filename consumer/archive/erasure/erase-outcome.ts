import { jsonValue } from '../../events/json-object';
import { noLimits } from '../../records/limits';
import type { Outcome, ReadEvent, Reject } from '../../records/outcome';
import { parseRecord } from '../../records/parse-record';
import { IdentifiedEvent } from '../rows/stored-event';
import { Forgotten, type Tombstone, type Tombstones } from '../store/tombstones';
import { eraseText, findInText, type TextKind, UntouchedTexts } from './erase-text';
import { personalValues, recipientsOf } from './personal-values';
import { inBytes, replacedBytes, textOf } from './spellings/lossless-text';
import type { Replacement } from './spellings/replacement';

/** Maximum number of times that a change is repeated. */
const maxRounds = 8;

/**
 * Repeats a change until it has no effect. A replacement in base64 moves the characters after it, which can decode
 * differently then.
 */
function settle<Value>(value: Value, change: (value: Value) => Value): Value {
  let settled = value;
  for (let round = 0; round < maxRounds; round++) {
    const changed = change(settled);
    if (changed === settled) break;
    settled = changed;
  }
  return settled;
}

/** Erases people from records as they are read. */
class Erasure {
  private readonly forgotten: Forgotten;
  private readonly untouched = new UntouchedTexts();

  constructor(tombstones: Tombstones) {
    this.forgotten = new Forgotten(tombstones);
  }

  /**
   * Erases people from an outcome. Returns the same outcome if it contains none of them, and undefined if it is about
   * one person alone whose events are skipped.
   */
  outcome(outcome: Outcome): Outcome | undefined {
    if (outcome.outcome === 'event') return this.event(outcome);
    return outcome.outcome === 'reject' ? this.reject(outcome) : outcome;
  }

  /** Erases people from a text. Returns the same text if it contains none of them. */
  readonly text = (text: string): string =>
    settle(text, (current) => eraseText(current, this.pseudonym, { untouched: this.untouched }));

  private readonly pseudonym = (address: string) => this.forgotten.find(address)?.pseudonym;

  /** The only person of a record: its message has no other recipient. */
  private onlyPerson(record: unknown): Tombstone | undefined {
    const people = recipientsOf(record).map((recipient) => this.forgotten.find(this.text(recipient)));
    return people.every((person) => person === people[0]) ? people[0] : undefined;
  }

  /** Erases people from bytes that may not be a record. Returns the same bytes if they contain none of them. */
  bytes(raw: Uint8Array): Buffer {
    return settle(bufferOf(raw), (bytes) => {
      const found = this.find(bytes);
      return found.length === 0 ? bytes : replacedBytes(bytes, found);
    });
  }

  /** Finds the replacements in bytes that may not be a record, by their places in the bytes. */
  find(bytes: Buffer): Replacement[] {
    const text = textOf(bytes);
    const record = jsonValue(text); // a reject may not be JSON
    const personal = this.onlyPerson(record) && personalValues(record);
    return this.findIn(text, { isJson: record !== undefined, personal });
  }

  /** Erases people from the bytes of an event's record, given the only person that it is about, if any. */
  private eventBytes(raw: Uint8Array, person: Tombstone | undefined): Buffer {
    const bytes = bufferOf(raw);
    const text = textOf(bytes);
    // Most records are about other people, so their values are not needed.
    const personal = person && personalValues(jsonValue(text));
    const found = this.findIn(text, { isJson: true, personal });
    return found.length === 0 ? bytes : this.bytes(replacedBytes(bytes, found));
  }

  private findIn(text: string, kind: TextKind): Replacement[] {
    return inBytes(text, findInText(text, this.pseudonym, { ...kind, untouched: this.untouched }));
  }

  private event(read: ReadEvent): ReadEvent | Reject | undefined {
    const { event, raw, provenance } = read;
    const record = event.eventType === 'Unknown' ? event.record : event;
    const person = this.onlyPerson(record);
    if (person?.removed === true) return undefined;
    const bytes = this.eventBytes(raw, person);
    const { firehoseError, origin, ...location } = provenance;
    const place = firehoseError && this.json(firehoseError);
    const isUnchanged = bytes.equals(raw) && place === firehoseError;
    if (isUnchanged) return read;
    const where = { ...location, ...(place && { firehoseError: place }) };
    const erased = eventOf(bytes);
    // The archive may have the event as unknown although this version knows its kind.
    if (erased === undefined || !(isSameKind(erased, read) || isSameKind(erased, eventOf(raw)))) {
      return { outcome: 'reject', ...notErasable, issues: [], raw: bytes, ...where };
    }
    return new IdentifiedEvent(erased.event, { ...where, origin }, bytes, read.id);
  }

  private reject(reject: Reject): Reject {
    const { message, issues, raw, firehoseError } = reject;
    return {
      ...reject,
      message: this.text(message),
      issues: this.json(issues),
      raw: this.bytes(raw),
      ...(firehoseError && { firehoseError: this.json(firehoseError) }),
    };
  }

  /** Erases people from a value. Returns the same value if it contains none of them. */
  private json<Value>(value: Value): Value {
    const text = JSON.stringify(value);
    const erased = this.text(text);
    return erased === text ? value : (JSON.parse(erased) as Value); // only texts in it have changed
  }
}

/** The rejection of an event that would not be an event any more after the erasure. */
const notErasable = {
  reason: 'not-erasable',
  message:
    'the record is not a valid event after an erasure, so the archive keeps it as a reject, without the person; ' +
    'rewrite or delete it in its object, and replay the rejects after an upgrade',
} as const;

/** Reads the one event in bytes; undefined when there is none, or more than one. */
function eventOf(bytes: Uint8Array): ReadEvent | undefined {
  const [outcome, ...others] = parseRecord(bytes, { limits: noLimits });
  return outcome?.outcome === 'event' && others.length === 0 ? outcome : undefined;
}

function isSameKind(one: ReadEvent, other: ReadEvent | undefined): boolean {
  return one.event.eventType === other?.event.eventType && one.provenance.origin === other.provenance.origin;
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

const erasures = new WeakMap<Tombstones, Erasure>();

/** Returns the erasure of these tombstones. It is created once, because it caches addresses. */
function erasureOf(tombstones: Tombstones): Erasure {
  const erasure = erasures.get(tombstones) ?? new Erasure(tombstones);
  erasures.set(tombstones, erasure);
  return erasure;
}

export { Erasure, erasureOf, settle };
