import { isUtf8 } from 'node:buffer';
import { noLimits } from '../../records/limits';
import type { Outcome, ReadEvent, Reject } from '../../records/outcome';
import { parseRecord } from '../../records/parse-record';
import { eraseText } from './erase-text';
import { IdentifiedEvent } from './identified-event';
import { personalValues, recipientsOf } from './personal-values';
import { Forgotten, type Tombstone, type Tombstones } from './tombstones';
import { UntouchedTexts } from './untouched-texts';

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

  /** A text without those who were forgotten. */
  readonly text = (text: string): string => eraseText(text, this.pseudonym, { untouched: this.untouched });

  private readonly pseudonym = (address: string) => this.forgotten.find(address)?.pseudonym;

  /** Who it is that a record is about alone: its message has no other recipient. */
  private onlyPerson(record: unknown): Tombstone | undefined {
    const people = recipientsOf(record).map((recipient) => this.forgotten.find(this.text(recipient)));
    return people.every((person) => person === people[0]) ? people[0] : undefined;
  }

  /** A record's bytes without those who were forgotten; the same ones where none of them is in it. */
  bytes(raw: Uint8Array): Buffer {
    const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
    const encoding = isUtf8(bytes) ? 'utf8' : 'latin1'; // so that what is no text comes back as it was
    const text = bytes.toString(encoding);
    const record = parsed(text);
    const personal = this.onlyPerson(record) && personalValues(record);
    const erased = eraseText(text, this.pseudonym, { personal, untouched: this.untouched });
    return erased === text ? bytes : Buffer.from(erased, encoding);
  }

  private event(read: ReadEvent): ReadEvent | undefined {
    const { event, raw, provenance } = read;
    const record = event.eventType === 'Unknown' ? event.record : event;
    if (this.onlyPerson(record)?.removed === true) return undefined;
    const bytes = this.bytes(raw);
    const { firehoseError } = provenance;
    const place = firehoseError && this.json(firehoseError);
    const isUnchanged = bytes.equals(raw) && place === firehoseError;
    if (isUnchanged) return read;
    const [outcome] = parseRecord(bytes, { limits: noLimits });
    if (outcome?.outcome !== 'event') throw new Error('a record without the forgotten is no event any more');
    return new IdentifiedEvent(
      outcome.event,
      { ...provenance, ...(place && { firehoseError: place }) },
      bytes,
      read.id,
    );
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

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // a reject need not be JSON
  }
}

const erasures = new WeakMap<Tombstones, Erasure>();

/** The erasure of these tombstones; made once, since it remembers addresses. */
function erasureOf(tombstones: Tombstones): Erasure {
  const erasure = erasures.get(tombstones) ?? new Erasure(tombstones);
  erasures.set(tombstones, erasure);
  return erasure;
}

export { Erasure, erasureOf };
