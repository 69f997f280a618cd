import { setTimeout as sleep } from 'node:timers/promises';
import { type SourceObject, sourceOf } from '../../sources/source';
import { retryInterval } from '../file/open';
import { withWritableArchive } from '../file/writable-archive';
import { defaultBatchObjects } from './batches';
import { type IngestOptions, ingestInto } from './ingest';
import type { IngestCounts } from './ingest-counts';

/** Bytes as stored, mostly gzip. */
const sliceBytes = 64 * 1024 * 1024;

/**
 * Cuts objects into slices, in their order. Each has at most `maxObjects` objects and at most 64 MiB by the sizes in
 * the listing, or a single larger object.
 */
function* slices(objects: readonly SourceObject[], maxObjects: number): Generator<SourceObject[], void> {
  let slice: SourceObject[] = [];
  let bytes = 0;
  for (const object of objects) {
    const { size = 0 } = object;
    if (slice.length === maxObjects || (slice.length > 0 && bytes + size > sliceBytes)) {
      yield slice;
      slice = [];
      bytes = 0;
    }
    slice.push(object);
    bytes += size;
  }
  if (slice.length > 0) yield slice;
}

/**
 * Milliseconds for which a slice takes objects. With the time to complete and to commit them, a slice is shorter than the
 * ten seconds that readers wait.
 */
const takingMillis = 3_000;

/** Milliseconds for which the archive is free before each slice: a waiting process checks it several times. */
const pauseMillis = 10 * retryInterval;

/** Options for ingesting slices. */
interface SliceOptions extends Omit<IngestOptions, 'onlyObjects'> {
  /** Whether to wait without limit for an archive in use by another process. */
  waitForever?: boolean | undefined;
}

/**
 * Ingests objects in slices, each in its own opening of the archive. A slice that takes longer than three seconds leaves
 * objects to the next one. It reads only its entries of the ledger. Ends early when the signal is aborted.
 */
async function* ingestSlices(
  objects: readonly SourceObject[],
  options: SliceOptions,
): AsyncGenerator<IngestCounts, void> {
  const { signal, batchObjects = defaultBatchObjects } = options;
  let left = objects;
  while (left.length > 0) {
    await sleep(pauseMillis, undefined, { ...(signal && { signal }) }).catch(() => {}); // checked next
    if (signal?.aborted === true) return;
    const [slice = []] = slices(left, batchObjects);
    const onlyObjects = slice.map(({ uri }) => uri);
    const ingested = await withWritableArchive(options, (database) => {
      const until = Date.now() + takingMillis;
      const isOver = () => Date.now() >= until;
      return ingestInto(database, sourceOf(slice), { ...options, onlyObjects, isOver });
    });
    if (ingested === undefined) return;
    left = [...ingested.left, ...left.slice(slice.length)];
    yield ingested.counts;
  }
}

export { ingestSlices, type SliceOptions, slices };
