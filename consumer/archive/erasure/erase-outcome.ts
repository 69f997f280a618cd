import { jsonValue } from '../../events/json-object';
import { noLimits } from '../../records/limits';
import type { Outcome, ReadEvent, Reject } from '../../records/outcome';
import { parseRecord } from '../../records/parse-record';
import { IdentifiedEvent } from '../rows/stored-event';
import { Forgotten, type Tombstone, type Tombstones } from '../store/tombstones';
import { eraseText, findInText, type TextKind, UntouchedTexts } from './erase-text';
import { personalValues, recipientsOf } from './personal-values';
import { inBytes, replacedBytes, textOf } from './spellings/lossless-text';

/** How often what has changed is looked at again. */
const mostRounds = 8;

/**
 * A value in which nothing is left to change: what was replaced in base64 moves what is behind it, which may
 * read in another way then.
 */
function settle<Value>(value: Value, change: (value: Value) => Value): Value {
  let settled = value;
  for (let round = 0; round < mostRounds; round++) {
    const changed = change(settled);
    if (changed === settled) break;
    settled = changed;
  }
  return settled;
}

/** Those who were forgotten, as they are taken out of what is read. */
class Erasure {
  private readonly forgotten: Forgotten;
  private readonly untouched = new UntouchedTexts();

  constructor(tombstones: Tombstones) {
    this.forgotten = new Forgotten(tombstones);
  }

  /**
   * An outcome without those who were forgotten: the same one where none of them is in it, undefined where
   * it is about someone alone whose events are to be left out.
   */
  outcome(outcome: Outcome): Outcome | undefined {
    if (outcome.outcome === 'event') return this.event(outcome);
    return outcome.outcome === 'reject' ? this.reject(outcome) : outcome;
  }

  /** A text without those who were forgotten; the same one where none of them is in it. */
  readonly text = (text: string): string =>
    settle(text, (left) => eraseText(left, this.pseudonym, { untouched: this.untouched }));

  private readonly pseudonym = (address: string) => this.forgotten.find(address)?.pseudonym;

  /** Who it is that a record is about alone: its message has no other recipient. */
  private onlyPerson(record: unknown): Tombstone | undefined {
    const people = recipientsOf(record).map((recipient) => this.forgotten.find(this.text(recipient)));
    return people.every((person) => person === people[0]) ? people[0] : undefined;
  }

  /** The bytes of what need not be a record without those who were forgotten; the same ones where none of them is in it. */
  bytes(raw: Uint8Array): Buffer {
    return settle(bufferOf(raw), (bytes) => {
      const text = textOf(bytes);
      const record = jsonValue(text); // a reject need not be JSON
      const personal = this.onlyPerson(record) && personalValues(record);
      return this.replaced(bytes, text, { isJson: record !== undefined, personal });
    });
  }

  /** The bytes of an event's record without those who were forgotten, given who it is about alone. */
  private eventBytes(raw: Uint8Array, person: Tombstone | undefined): Buffer {
    const bytes = bufferOf(raw);
    const text = textOf(bytes);
    // Of most records, which are about others, no value has to be known.
    const personal = person && personalValues(jsonValue(text));
    const replaced = this.replaced(bytes, text, { isJson: true, personal });
    return replaced === bytes ? bytes : this.bytes(replaced);
  }

  private replaced(bytes: Buffer, text: string, kind: TextKind): Buffer {
    const found = findInText(text, this.pseudonym, { ...kind, untouched: this.untouched });
    return found.length === 0 ? bytes : replacedBytes(bytes, inBytes(text, found));
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
    // The archive may have an event as unknown of which this version knows the kind.
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

  /** A value without those who were forgotten; the same one where none of them is in it. */
  private json<Value>(value: Value): Value {
    const text = JSON.stringify(value);
    const erased = this.text(text);
    return erased === text ? value : (JSON.parse(erased) as Value); // only texts in it have changed
  }
}

/** What an event is rejected for that would be none any more. */
const notErasable = {
  reason: 'not-erasable',
  message:
    'without a person who was forgotten the record is no longer an event of its kind: it is kept without the ' +
    'person, as a reject; rewrite or delete it in its object, and replay the rejects after an upgrade',
} as const;

/** The one event that bytes are; undefined when they are none, or more. */
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

/** The erasure of these tombstones; made once, since it remembers addresses. */
function erasureOf(tombstones: Tombstones): Erasure {
  const erasure = erasures.get(tombstones) ?? new Erasure(tombstones);
  erasures.set(tombstones, erasure);
  return erasure;
}

export { Erasure, erasureOf };
