import { type OpenedObject, openObject } from './open-object';
import { readAhead } from './read-ahead';
import type { SourceObject } from './source';

/** How much of each object, decompressed, may wait for its turn. */
const aheadBytes = 16 * 1024 * 1024;

/**
 * Opens objects before their turn and begins to fetch and decompress them, while the one before is read.
 * They come in the order of the listing.
 *
 * @param count how many are open at once, the one being read included
 */
async function* openAhead(
  objects: AsyncIterable<SourceObject>,
  count: number,
): AsyncGenerator<OpenedObject, void> {
  const opened: (OpenedObject & { chunks: AsyncIterableIterator<Buffer> })[] = [];
  try {
    for await (const object of objects) {
      const next = openObject(object);
      opened.push({ ...next, chunks: readAhead(next.chunks, aheadBytes) });
      // The one handed on is closed by its reader, the others here.
      if (opened.length >= count) yield opened.shift() as OpenedObject; // just pushed
    }
    while (opened.length > 0) yield opened.shift() as OpenedObject; // not empty
  } finally {
    await Promise.all(opened.map(({ chunks }) => chunks.return?.()));
  }
}

export { openAhead };
