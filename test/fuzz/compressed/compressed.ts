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
  /** The compression, for the messages of failures. */
  form: string;
  object: Buffer;
  /** The ids of the events without the damage. */
  allIds: string[];
  /** The ids of the events in complete members, blocks or entries before the damage. */
  intactIds: string[];
  /** Whether a checksum covers the content. */
  isChecked: boolean;
  /** Places at which the object is cut into chunks. */
  cuts: number[];
}

interface Read {
  outcomes: Outcome[];
  ids: string[];
}

const eventIds = (outcomes: readonly Outcome[]) =>
  outcomes.flatMap((outcome) => (outcome.outcome === 'event' ? outcome.id : []));

/** Reads an object as a file, or as a pipe, which can be read only once. */
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
  assert.equal(
    recordCount(reader.counts),
    outcomes.length,
    'the counts of records do not match the outcomes',
  );
  assert.equal(skippedCount(reader.counts), 0, 'events are counted as skipped');
  return { outcomes, ids: eventIds(outcomes) };
}

/** Returns the ids that are missing in the second list. */
function missing(expected: readonly string[], found: readonly string[]): string[] {
  const remaining = [...found];
  return expected.filter((id) => {
    const index = remaining.indexOf(id);
    if (index !== -1) remaining.splice(index, 1);
    return index === -1;
  });
}

function checkRead(input: CompressedCase, { outcomes, ids }: Read, reading: string): void {
  const { form, allIds, intactIds, isChecked } = input;
  const how = `${form} ${reading}`;
  const rejects = outcomes.filter(({ outcome }) => outcome === 'reject').length;
  const lost = missing(intactIds, ids);
  assert.ok(
    lost.length === 0,
    `${how}: ${lost.length} of ${intactIds.length} events before the damage are missing`,
  );
  if (rejects > 0) return;
  assert.ok(ids.length === allIds.length, `${how}: ${ids.length} of ${allIds.length} events and no reject`);
  if (isChecked) assert.ok(ids.join() === allIds.join(), `${how}: different events and no reject`);
}

/** Returns the ids of the events in uncompressed bytes. */
function plainIds(bytes: Buffer): string[] {
  const reader = new ObjectReader('object');
  return eventIds([...reader.push(bytes), ...reader.end()]);
}

/** Returns the length of the padding at a place between two parts. */
function paddingAt(object: Buffer, at: number, padding: number): number {
  const bytes = object.subarray(at, at + padding);
  return bytes.length > 0 && bytes.length === padding && bytes.every((byte) => byte === 0) ? padding : 0;
}

/** Checks whether two parts are equal except for unchecked bits. */
function isSamePart(one: Buffer, other: Buffer, uncheckedBits: Buffer): boolean {
  if (one.length !== other.length) return false;
  return one.every((byte, index) => ((byte ^ (other[index] ?? 0)) & ~(uncheckedBits[index] ?? 0)) === 0);
}

/**
 * Returns the remaining content if the only damage is the removal of complete parts: without an end marker in the format,
 * no reader can detect it. Otherwise returns all content.
 */
function rest(
  { bytes, boundaries, hasEndMarker, padding, uncheckedBits }: Compressed,
  content: Buffer,
  object: Buffer,
): Buffer {
  // The rest can be so short that it consists of separators.
  if (separators.test(object.toString('latin1'))) return object;
  if (hasEndMarker) return content;
  const isPadded = padding === 1;
  const parts = boundaries.slice(1).map(({ at, plain }, index) => {
    const before = boundaries[index] ?? { at: 0, plain: 0 };
    let start = before.at;
    while (isPadded && bytes[start] === 0) start++;
    return { bytes: bytes.subarray(start, at), plain: content.subarray(before.plain, plain) };
  });
  const remainingParts: Buffer[] = [];
  for (let at = 0, next = 0; at < object.length; ) {
    const padded = paddingAt(object, at, padding);
    const index = parts.findIndex(
      ({ bytes }, place) =>
        place >= next && isSamePart(bytes, object.subarray(at, at + bytes.length), uncheckedBits),
    );
    const part = parts[index];
    if (padded === 0 && part === undefined) return content;
    at += padded > 0 ? padded : (part?.bytes.length ?? 0);
    if (padded > 0 || part === undefined) continue;
    remainingParts.push(part.plain);
    next = index + 1;
  }
  return Buffer.concat(remainingParts);
}

/** Returns the number of unchanged bytes at the start. */
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
    // Firehose concatenates complete records. A block ends when it is full.
    const ends = parts.map((share) => {
      const place = Math.floor(share * content.length);
      return byLines ? content.indexOf('\n', place) + 1 : place;
    });
    const places = [...new Set([0, ...ends, content.length])].sort((one, other) => one - other);
    const compressed = compressions[form](
      places.slice(1).map((end, index) => content.subarray(places[index], end)),
    );
    const { bytes, boundaries, isChecked } = compressed;
    // Without a checksum, a removed block and a changed letter cannot be detected.
    const object = damagedBytes(compressed, isChecked ? damages : damages.slice(0, 1));
    const until = undamaged(bytes, object);
    const plain = boundaries.findLast(({ at }) => at <= until)?.plain ?? 0;
    const lastLine = content.subarray(0, plain).lastIndexOf('\n') + 1;
    return {
      form,
      object,
      allIds: plainIds(rest(compressed, content, object)),
      intactIds: plainIds(content.subarray(0, lastLine)),
      isChecked,
      cuts: cuts.map((cut) => Math.floor(cut * object.length)),
    };
  });

/** Damaged compressed objects: nothing disappears without a reject, and complete events before the damage are read. */
const compressed: Fuzzer<CompressedCase> = {
  name: 'compressed',
  cases,
  async check(input) {
    const { object } = input;
    const cuts = input.cuts.filter((cut) => cut <= object.length).sort((one, other) => one - other);
    const places = [0, ...cuts, object.length];
    const chunks = places.slice(1).map((end, index) => object.subarray(places[index], end));
    checkRead(input, await read([object], false), 'read at once from a file');
    checkRead(input, await read(chunks, false), 'read in chunks from a file');
    checkRead(input, await read(chunks, true), 'read in chunks from a pipe');
  },
};

export { compressed };
