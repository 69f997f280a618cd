import { type OpenedObject, openObject } from './open-object';
import { readAhead } from './read-ahead';
import type { SourceObject } from './source';

/** How much of each object, decompressed, may wait for its turn. More would have left the cache by then. */
const aheadBytes = 2 * 1024 * 1024;

/** Opens an object and begins to fetch and decompress it. */
function openBeforehand(object: SourceObject): OpenedObject {
  const opened = openObject(object);
  const { chunks, close } = opened;
  return {
    ...opened,
    chunks: readAhead(chunks, { limit: aheadBytes, weight: (chunk) => chunk.length, close }),
  };
}

/**
 * Opens objects before their turn and begins to fetch and decompress them, while the one before is read.
 * They come in the order of the listing; the first as soon as it is listed.
 *
 * @param count how many are open at once, the one being read included
 */
async function* openAhead(
  objects: AsyncIterable<SourceObject>,
  count: number,
): AsyncGenerator<OpenedObject, void> {
  const unread = new Set<OpenedObject>();
  async function* opening(): AsyncGenerator<OpenedObject, void> {
    for await (const object of objects) {
      const opened = openBeforehand(object);
      unread.add(opened);
      yield opened;
    }
  }
  const ahead =
    count > 1 ? readAhead(opening(), { limit: count - 1, weight: () => 1, close: () => {} }) : opening();
  try {
    for await (const opened of ahead) {
      unread.delete(opened); // the one handed on is closed by its reader, the others here
      yield opened;
    }
  } finally {
    for (const { close } of unread) close();
  }
}

export { openAhead };
