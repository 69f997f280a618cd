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

/** A damaged object that is not compressed. */
interface PlainCase {
  object: Buffer;
  /** Where records stand that the damage has not touched. */
  untouched: Place[];
  /** Where the object is cut into chunks. */
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

/** What identifies an outcome, as text. */
function digest(outcome: Outcome): string {
  const { offset, length } = placeOf(outcome);
  const { index, envelopes } = outcome.outcome === 'event' ? outcome.provenance : outcome;
  const what =
    outcome.outcome === 'event'
      ? [outcome.event.eventType, outcome.id]
      : outcome.outcome === 'reject'
        ? [outcome.reason, outcome.message, Buffer.from(outcome.raw).toString('base64'), outcome.issues]
        : [outcome.reason];
  return JSON.stringify([outcome.outcome, offset, length, index, envelopes, ...what]);
}

/** Every record and byte is counted once, and what is counted as a separator is one. */
function checkAccounting(object: Buffer, { outcomes, counts }: Read): void {
  const of = (kind: Outcome['outcome']) => outcomes.filter(({ outcome }) => outcome === kind).length;
  assert.equal(counts.events, of('event'), 'the events that are counted are not those that were given');
  assert.equal(counts.rejects, of('reject'), 'the rejects that are counted are not those that were given');
  assert.equal(skippedCount(counts), of('skip'), 'the skips that are counted are not those that were given');
  assert.equal(recordCount(counts), outcomes.length + counts.unexamined, 'the records do not add up');
  assert.equal(byteCount(counts), object.length, 'the bytes do not add up to the object');
  let end = 0;
  let start = -1;
  for (const outcome of outcomes) {
    const { offset, length } = placeOf(outcome);
    // Several records in one envelope stand at one place.
    if (offset === start && offset + length === end) continue;
    assert.ok(offset >= end, `a record at ${offset} overlaps one that ends at ${end}`);
    const gap = object.toString('latin1', end, offset);
    assert.match(gap, separators, `bytes ${end} to ${offset} are in no outcome and no separators`);
    [start, end] = [offset, offset + length];
  }
  assert.match(object.toString('latin1', end), separators, `the bytes behind ${end} are in no outcome`);
}

/** A reject has the bytes that stand at its place. */
function checkRejects(object: Buffer, { outcomes }: Read): void {
  for (const outcome of outcomes) {
    if (outcome.outcome !== 'reject' || outcome.envelopes.length > 0) continue;
    const { offset, length, raw, reason } = outcome;
    const isKept = raw.length === length || raw.length >= Math.min(length, defaultLimits.maxKeptBytes);
    assert.ok(isKept, `of a reject (${reason}) of ${length} bytes ${raw.length} are kept`);
    const bytes = object.subarray(offset, offset + raw.length);
    assert.ok(bytes.equals(raw), `the bytes of the reject (${reason}) at ${offset} are not the object's`);
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

/** The ids of a record's events; undefined when it is not events alone: then it need not be recognized. */
function idsOf(record: Buffer): string[] | undefined {
  const ids = parseRecord(record).map((outcome) => (outcome.outcome === 'event' ? outcome.id : undefined));
  return ids.length > 0 && ids.every((id) => id !== undefined) ? ids : undefined;
}

/**
 * Untouched records become the events that they are alone. The one exception is by JSON's grammar no damage: two
 * pieces around a record that make a larger JSON object with it.
 */
function checkUntouched(object: Buffer, untouched: readonly Place[], { outcomes }: Read): void {
  for (const { offset, length } of untouched) {
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
    const isSwallowed =
      around !== undefined && isJson(object.toString('utf8', around.offset, around.offset + around.length));
    assert.ok(isSwallowed, `the untouched record at ${offset} of ${length} bytes is no event`);
  }
}

/** The same outcomes in chunks as whole. */
function checkChunks(object: Buffer, cuts: readonly number[], whole: Read): void {
  const places = [0, ...cuts.filter((cut) => cut <= object.length).sort((a, b) => a - b), object.length];
  const chunks = places.slice(1).map((end, index) => object.subarray(places[index], end));
  const inChunks = read(chunks);
  assert.deepEqual(
    inChunks.outcomes.map(digest),
    whole.outcomes.map(digest),
    `cut at ${places.slice(1, -1).join(', ')} the object gives other outcomes than whole`,
  );
  assert.deepEqual(inChunks.counts, whole.counts, 'cut into chunks the object has other counts than whole');
}

/** What a kind filter lets through is what is of the kind. */
function checkKind(object: Buffer, kind: EventKind, whole: Read): void {
  const filtered = read([object], { kinds: [kind] });
  const events = ({ outcomes }: Read) =>
    outcomes.filter((outcome) => outcome.outcome === 'event' && outcome.event.eventType === kind).map(digest);
  assert.deepEqual(
    events(filtered),
    events(whole),
    `a filter for ${kind} gives other events than reading all`,
  );
  assert.equal(byteCount(filtered.counts), object.length, 'with a kind filter the bytes do not add up');
}

const cases: fc.Arbitrary<PlainCase> = fc
  .tuple(
    framedObject,
    fc.array(damage, { maxLength: 8 }),
    fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 8 }),
    fc.constantFrom(...eventKinds),
  )
  .map(([framed, damages, cuts, kind]) => {
    const { bytes: object, records: untouched } = damaged(framed, damages);
    return { object, untouched, cuts: cuts.map((cut) => Math.floor(cut * object.length)), kind };
  });

/** Damaged objects that are not compressed: nothing is lost, nothing is hidden, and damage takes no neighbor. */
const plain: Fuzzer<PlainCase> = {
  name: 'plain',
  cases,
  check({ object, untouched, cuts, kind }) {
    const whole = read([object]);
    checkAccounting(object, whole);
    checkRejects(object, whole);
    checkUntouched(object, untouched, whole);
    checkChunks(object, cuts, whole);
    checkKind(object, kind, whole);
  },
};

export { plain };
