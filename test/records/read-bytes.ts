import { byteCount, type ReadCounts, recordCount, skippedCount } from '../../consumer/records/counts';
import { ObjectReader } from '../../consumer/records/object-reader';
import type { Outcome, ReadEvent, Reject } from '../../consumer/records/outcome';
import type { RecordFilter } from '../../consumer/records/record-filter';
import { openObject } from '../../consumer/sources/open-object';
import { readObject } from '../../consumer/sources/read-object';

/** The outcomes of an object's bytes from the reader. */
interface ReadBytes {
  outcomes: Outcome[];
  events: ReadEvent[];
  rejects: Reject[];
  counts: ReadCounts;
}

/** Every test that reads checks that all bytes are counted. */
function expectCountsToAddUp(outcomes: readonly Outcome[], counts: ReadCounts): void {
  const of = (kind: Outcome['outcome']) => outcomes.filter(({ outcome }) => outcome === kind).length;
  expect(counts.events).toBe(of('event'));
  expect(counts.rejects).toBe(of('reject'));
  expect(skippedCount(counts)).toBe(of('skip'));
  expect(recordCount(counts)).toBe(outcomes.length + counts.unexamined);
}

/** Reads an object's bytes, compressed or not, in the chunks given. */
async function readBytes(
  chunks: Uint8Array | readonly Uint8Array[],
  filter: RecordFilter = {},
): Promise<ReadBytes> {
  const list = chunks instanceof Uint8Array ? [chunks] : chunks;
  const reader = new ObjectReader('object', filter);
  const outcomes: Outcome[] = [];
  const opened = openObject({
    uri: 'object',
    open: async function* () {
      yield* list;
    },
  });
  for await (const batch of readObject(reader, opened)) outcomes.push(...batch);
  expectCountsToAddUp(outcomes, reader.counts);
  return {
    outcomes,
    events: outcomes.filter((outcome) => outcome.outcome === 'event'),
    rejects: outcomes.filter((outcome) => outcome.outcome === 'reject'),
    counts: reader.counts,
  };
}

/** Reads uncompressed bytes, and checks that all of them are counted. */
async function readPlain(bytes: Uint8Array, filter: RecordFilter = {}): Promise<ReadBytes> {
  const read = await readBytes(bytes, filter);
  expect(byteCount(read.counts)).toBe(bytes.length);
  return read;
}

export { type ReadBytes, readBytes, readPlain };
