import assert from 'node:assert/strict';
import fc from 'fast-check';
import { recordCount, skippedCount } from '../../../consumer/records/counts';
import { ObjectReader } from '../../../consumer/records/object-reader';
import type { Outcome } from '../../../consumer/records/outcome';
import { openObject } from '../../../consumer/sources/open-object';
import { readObject } from '../../../consumer/sources/read-object';
import type { Fuzzer } from '../fuzzer';
import { eventText } from '../records';
import { separators } from '../separators';
import { type Compressed, compressionForms, compressions } from './compressions';
import { damage, damagedBytes } from './damage';

/** A compressed object, damaged or not. */
interface CompressedCase {
  /** How it was compressed, for those who look at a failure. */
  form: string;
  object: Buffer;
  /** The ids of the events in it, were it not damaged. */
  all: string[];
  /** The ids of those in members, blocks or entries that are whole and before the damage. */
  whole: string[];
  /** Whether a checksum covers the content. */
  isChecked: boolean;
  /** Where the object is cut into chunks. */
  cuts: number[];
}

interface Read {
  outcomes: Outcome[];
  ids: string[];
}

const eventIds = (outcomes: readonly Outcome[]) =>
  outcomes.flatMap((outcome) => (outcome.outcome === 'event' ? outcome.id : []));

/** Reads an object as a file, or as a pipe whose bytes can be had once. */
async function read(chunks: readonly Buffer[], readsOnce: boolean): Promise<Read> {
  const reader = new ObjectReader('object');
  const outcomes: Outcome[] = [];
  const opened = openObject({
    uri: 'object',
    readsOnce,
    open: async function* () {
      yield* chunks;
    },
  });
  for await (const batch of readObject(reader, opened)) outcomes.push(...batch);
  assert.equal(recordCount(reader.counts), outcomes.length, 'the records do not add up');
  assert.equal(skippedCount(reader.counts), 0, 'events are counted as skipped');
  return { outcomes, ids: eventIds(outcomes) };
}

/** The ids that one list has and the other lacks. */
function missing(expected: readonly string[], found: readonly string[]): string[] {
  const left = [...found];
  return expected.filter((id) => {
    const index = left.indexOf(id);
    if (index !== -1) left.splice(index, 1);
    return index === -1;
  });
}

function checkRead(input: CompressedCase, { outcomes, ids }: Read, reading: string): void {
  const { form, all, whole, isChecked } = input;
  const how = `${form} ${reading}`;
  const rejects = outcomes.filter(({ outcome }) => outcome === 'reject').length;
  const lost = missing(whole, ids);
  assert.ok(lost.length === 0, `${how}, ${lost.length} of ${whole.length} events before the damage are lost`);
  if (rejects > 0) return;
  assert.ok(
    ids.length === all.length,
    `${how}, there are ${ids.length} events of ${all.length} and no reject`,
  );
  if (isChecked) assert.ok(ids.join() === all.join(), `${how}, there are other events and no reject`);
}

/** The events of bytes that are not compressed. */
function plainIds(bytes: Buffer): string[] {
  const reader = new ObjectReader('object');
  return eventIds([...reader.push(bytes), ...reader.end()]);
}

/** The length of what may stand at a place between two pieces and says nothing. */
function paddingAt(object: Buffer, at: number, padding: number): number {
  const some = object.subarray(at, at + padding);
  return some.length > 0 && some.length === padding && some.every((byte) => byte === 0) ? padding : 0;
}

/** Whether two pieces differ in nothing that a reader checks. */
function isSamePiece(one: Buffer, other: Buffer, uncheckedBits: Buffer): boolean {
  if (one.length !== other.length) return false;
  return one.every((byte, index) => ((byte ^ (other[index] ?? 0)) & ~(uncheckedBits[index] ?? 0)) === 0);
}

/**
 * The content that is left where whole pieces were taken out and nothing else was damaged: no reader can tell that
 * from an undamaged object, unless the format says where it ends. Otherwise all of the content.
 */
function rest(
  { bytes, boundaries, saysItsEnd, padding, uncheckedBits }: Compressed,
  content: Buffer,
  object: Buffer,
): Buffer {
  // So little may be left that it is nothing but what stands between records.
  if (separators.test(object.toString('latin1'))) return object;
  if (saysItsEnd) return content;
  const isPadded = padding === 1;
  const pieces = boundaries.slice(1).map(({ at, plain }, index) => {
    const before = boundaries[index] ?? { at: 0, plain: 0 };
    let start = before.at;
    while (isPadded && bytes[start] === 0) start++;
    return { bytes: bytes.subarray(start, at), plain: content.subarray(before.plain, plain) };
  });
  const left: Buffer[] = [];
  for (let at = 0, next = 0; at < object.length; ) {
    const padded = paddingAt(object, at, padding);
    const index = pieces.findIndex(
      ({ bytes }, place) =>
        place >= next && isSamePiece(bytes, object.subarray(at, at + bytes.length), uncheckedBits),
    );
    const piece = pieces[index];
    if (padded === 0 && piece === undefined) return content;
    at += padded > 0 ? padded : (piece?.bytes.length ?? 0);
    if (padded > 0 || piece === undefined) continue;
    left.push(piece.plain);
    next = index + 1;
  }
  return Buffer.concat(left);
}

/** The bytes of an object that are as they were. */
function undamaged(bytes: Buffer, object: Buffer): number {
  let length = 0;
  while (length < object.length && length < bytes.length && object[length] === bytes[length]) length++;
  return length;
}

const cases: fc.Arbitrary<CompressedCase> = fc
  .record({
    records: fc.array(eventText, { minLength: 1, maxLength: 30 }),
    form: fc.constantFrom(...compressionForms),
    parts: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 5 }),
    byLines: fc.boolean(),
    damages: fc.array(damage, { maxLength: 3 }),
    cuts: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 6 }),
  })
  .map(({ records, form, parts, byLines, damages, cuts }) => {
    const content = Buffer.from(records.map((record) => `${record}\n`).join(''));
    // Firehose joins whole records; a block ends where it is full.
    const ends = parts.map((share) => {
      const place = Math.floor(share * content.length);
      return byLines ? content.indexOf('\n', place) + 1 : place;
    });
    const places = [...new Set([0, ...ends, content.length])].sort((one, other) => one - other);
    const compressed = compressions[form](
      places.slice(1).map((end, index) => content.subarray(places[index], end)),
    );
    const { bytes, boundaries, isChecked } = compressed;
    // Without a checksum, a block that is gone and a letter that is another one cannot be told from what was written.
    const object = damagedBytes(compressed, isChecked ? damages : damages.slice(0, 1));
    const until = undamaged(bytes, object);
    const plain = boundaries.findLast(({ at }) => at <= until)?.plain ?? 0;
    const lastLine = content.subarray(0, plain).lastIndexOf('\n') + 1;
    return {
      form,
      object,
      all: plainIds(rest(compressed, content, object)),
      whole: plainIds(content.subarray(0, lastLine)),
      isChecked,
      cuts: cuts.map((cut) => Math.floor(cut * object.length)),
    };
  });

/** Damaged objects that are compressed: nothing of them vanishes, and what is whole before the damage is read. */
const compressed: Fuzzer<CompressedCase> = {
  name: 'compressed',
  cases,
  async check(input) {
    const { object } = input;
    const cuts = input.cuts.filter((cut) => cut <= object.length).sort((one, other) => one - other);
    const places = [0, ...cuts, object.length];
    const chunks = places.slice(1).map((end, index) => object.subarray(places[index], end));
    checkRead(input, await read([object], false), 'read whole from a file');
    checkRead(input, await read(chunks, false), 'read in chunks from a file');
    checkRead(input, await read(chunks, true), 'read in chunks from a pipe');
  },
};

export { compressed };
