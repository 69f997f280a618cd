import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type EventKind, eventKinds } from '../../../consumer/events';
import { byteCount, recordCount, skippedCount } from '../../../consumer/records/counts';
import { defaultLimits } from '../../../consumer/records/limits';
import { ObjectReader } from '../../../consumer/records/object-reader';
import type { Outcome } from '../../../consumer/records/outcome';
import { parseRecord } from '../../../consumer/records/parse-record';
import type { RecordFilter } from '../../../consumer/records/record-filter';
import type { Fuzzer } from '../fuzzer';
import { separators } from '../separators';
import { damage, damaged } from './damage';
import { framedObject, type Place } from './framing';

/** A damaged uncompressed object. */
interface PlainCase {
  object: Buffer;
  /** The places of undamaged records. */
  undamaged: Place[];
  /** Places at which the object is cut into chunks. */
  cuts: number[];
  kind: EventKind;
}

interface Read {
  outcomes: Outcome[];
  counts: ObjectReader['counts'];
}

function read(chunks: readonly Buffer[], filter: RecordFilter = {}): Read {
  const reader = new ObjectReader('object', filter);
  const outcomes: Outcome[] = [];
  for (const chunk of chunks) outcomes.push(...reader.push(chunk));
  outcomes.push(...reader.end());
  return { outcomes, counts: reader.counts };
}

const placeOf = (outcome: Outcome): Place => (outcome.outcome === 'event' ? outcome.provenance : outcome);

/** Returns a text that identifies an outcome. */
function digest(outcome: Outcome): string {
  const { offset, length } = placeOf(outcome);
  const { index, envelopes } = outcome.outcome === 'event' ? outcome.provenance : outcome;
  const content =
    outcome.outcome === 'event'
      ? [outcome.event.eventType, outcome.id]
      : outcome.outcome === 'reject'
        ? [outcome.reason, outcome.message, Buffer.from(outcome.raw).toString('base64'), outcome.issues]
        : [outcome.reason];
  return JSON.stringify([outcome.outcome, offset, length, index, envelopes, ...content]);
}

/** Checks that every record and byte is counted once, and that bytes between records are separators. */
function checkAccounting(object: Buffer, { outcomes, counts }: Read): void {
  const of = (kind: Outcome['outcome']) => outcomes.filter(({ outcome }) => outcome === kind).length;
  assert.equal(counts.events, of('event'), 'the count of events does not match the outcomes');
  assert.equal(counts.rejects, of('reject'), 'the count of rejects does not match the outcomes');
  assert.equal(skippedCount(counts), of('skip'), 'the count of skipped records does not match the outcomes');
  assert.equal(
    recordCount(counts),
    outcomes.length + counts.unexamined,
    'the count of records does not match the outcomes',
  );
  assert.equal(byteCount(counts), object.length, 'the count of bytes does not match the object');
  let end = 0;
  let start = -1;
  for (const outcome of outcomes) {
    const { offset, length } = placeOf(outcome);
    // Records in one envelope have the same place.
    if (offset === start && offset + length === end) continue;
    assert.ok(offset >= end, `a record at ${offset} overlaps one that ends at ${end}`);
    const gap = object.toString('latin1', end, offset);
    assert.match(gap, separators, `bytes ${end} to ${offset} are not in an outcome and are not separators`);
    [start, end] = [offset, offset + length];
  }
  assert.match(object.toString('latin1', end), separators, `the bytes after ${end} are not in an outcome`);
}

/** Checks that a reject has the bytes at its place. */
function checkRejects(object: Buffer, { outcomes }: Read): void {
  for (const outcome of outcomes) {
    if (outcome.outcome !== 'reject' || outcome.envelopes.length > 0) continue;
    const { offset, length, raw, reason } = outcome;
    const isComplete = raw.length === length || raw.length >= Math.min(length, defaultLimits.maxKeptBytes);
    assert.ok(isComplete, `a reject (${reason}) of ${length} bytes has only ${raw.length} bytes`);
    const bytes = object.subarray(offset, offset + raw.length);
    assert.ok(bytes.equals(raw), `the bytes of the reject (${reason}) at ${offset} differ from the object`);
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Returns the ids of the events of a record. Undefined if it has other outcomes, because then it is not checked. */
function idsOf(record: Buffer): string[] | undefined {
  const ids = parseRecord(record).map((outcome) => (outcome.outcome === 'event' ? outcome.id : undefined));
  return ids.length > 0 && ids.every((id) => id !== undefined) ? ids : undefined;
}

/**
 * Checks that undamaged records have the same events as without the object. The exception is a record within two parts
 * that form a larger JSON object with it. By the grammar of JSON, that is not damage.
 */
function checkUndamaged(object: Buffer, undamaged: readonly Place[], { outcomes }: Read): void {
  for (const { offset, length } of undamaged) {
    const expected = idsOf(object.subarray(offset, offset + length));
    if (expected === undefined) continue;
    const found = outcomes.flatMap((outcome) =>
      outcome.outcome === 'event' &&
      outcome.provenance.offset === offset &&
      outcome.provenance.length === length
        ? outcome.id
        : [],
    );
    if (found.join() === expected.join()) continue;
    const around = outcomes.map(placeOf).find((place) => {
      const isAround = place.offset <= offset && place.offset + place.length >= offset + length;
      return isAround && place.length > length;
    });
    const isEnclosed =
      around !== undefined && isJson(object.toString('utf8', around.offset, around.offset + around.length));
    assert.ok(isEnclosed, `the undamaged record of ${length} bytes at ${offset} is not an event`);
  }
}

/** Checks that reading in chunks has the same outcomes. */
function checkChunks(object: Buffer, cuts: readonly number[], complete: Read): void {
  const places = [0, ...cuts.filter((cut) => cut <= object.length).sort((a, b) => a - b), object.length];
  const chunks = places.slice(1).map((end, index) => object.subarray(places[index], end));
  const inChunks = read(chunks);
  assert.deepEqual(
    inChunks.outcomes.map(digest),
    complete.outcomes.map(digest),
    `the outcomes differ when the object is cut at ${places.slice(1, -1).join(', ')}`,
  );
  assert.deepEqual(inChunks.counts, complete.counts, 'the counts differ when the object is cut into chunks');
}

/** Checks that a kind filter returns all events of the kind. */
function checkKind(object: Buffer, kind: EventKind, complete: Read): void {
  const filtered = read([object], { kinds: [kind] });
  const events = ({ outcomes }: Read) =>
    outcomes.filter((outcome) => outcome.outcome === 'event' && outcome.event.eventType === kind).map(digest);
  assert.deepEqual(
    events(filtered),
    events(complete),
    `the events with a filter for ${kind} differ from those without it`,
  );
  assert.equal(
    byteCount(filtered.counts),
    object.length,
    'with a kind filter, the count of bytes does not match the object',
  );
}

const cases: fc.Arbitrary<PlainCase> = fc
  .tuple(
    framedObject,
    fc.array(damage, { maxLength: 8 }),
    fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 8 }),
    fc.constantFrom(...eventKinds),
  )
  .map(([framed, damages, cuts, kind]) => {
    const { bytes: object, records: undamaged } = damaged(framed, damages);
    return { object, undamaged, cuts: cuts.map((cut) => Math.floor(cut * object.length)), kind };
  });

/** Damaged uncompressed objects: nothing is lost, everything is counted, and damage does not affect adjacent records. */
const plain: Fuzzer<PlainCase> = {
  name: 'plain',
  cases,
  check({ object, undamaged, cuts, kind }) {
    const complete = read([object]);
    checkAccounting(object, complete);
    checkRejects(object, complete);
    checkUndamaged(object, undamaged, complete);
    checkChunks(object, cuts, complete);
    checkKind(object, kind, complete);
  },
};

export { plain };
