import { decompress } from '../records/compression/decompress';
import { readAhead } from './read-ahead';
import type { SourceObject } from './source';

/** How much of each object, decompressed, may wait for its turn. */
const aheadBytes = 4 * 1024 * 1024;

/** An object whose bytes are on their way. */
interface OpenedObject {
  object: SourceObject;
  /** The bytes, decompressed. */
  chunks: AsyncIterable<Buffer>;
  /** Bytes fetched so far, before decompression. */
  fetchedBytes(): number;
}

/** Opens an object; its bytes are fetched and decompressed as they are asked for. */
function openObject(object: SourceObject): OpenedObject {
  let fetched = 0;
  async function* counted(): AsyncGenerator<Uint8Array, void> {
    for await (const chunk of object.open()) {
      fetched += chunk.length;
      yield chunk;
    }
  }
  return { object, chunks: decompress(counted()), fetchedBytes: () => fetched };
}

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

export { type OpenedObject, openAhead, openObject };
