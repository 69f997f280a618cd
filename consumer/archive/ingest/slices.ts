import type { SourceObject } from '../../sources/source';

/** Bytes as stored, mostly gzip: about as many as are ingested within the ten seconds that readers wait. */
const sliceBytes = 64 * 1024 * 1024;

/**
 * Cuts objects into slices, in their order: each has at most so many objects and, unless it is a single one,
 * at most 64 MiB of them as far as the listing says their size.
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

export { slices };
