import type { PieceMemory } from '../records/compression/piece-memory';
import { type OpenedObject, openObject } from './open-object';
import type { SourceObject } from './source';

/** Options of {@link readAhead}. */
interface AheadOptions<Item> {
  /** Maximum weight of the waiting items. The last item can exceed it. */
  limit: number;
  /** Returns the weight of an item. */
  weight: (item: Item) => number;
  /** Called when the reader stops early. Must end the source, even while the source waits. */
  close: () => void;
}

/**
 * Pulls items before they are requested, so that fetching and decompressing continue while the caller works.
 * Starts immediately. An error of the source is thrown after the items before it.
 */
function readAhead<Item>(
  items: AsyncIterable<Item>,
  { limit, weight, close }: AheadOptions<Item>,
): AsyncIterableIterator<Item> {
  const ready: Item[] = [];
  let readyWeight = 0;
  let closed = false;
  let ended: { error?: unknown } | undefined;
  let wakeReader: () => void = () => {};
  let wakeSource: () => void = () => {};

  async function pull(): Promise<void> {
    for await (const item of items) {
      if (closed) return;
      ready.push(item);
      readyWeight += weight(item);
      wakeReader();
      while (readyWeight >= limit && !closed) await new Promise<void>((resolve) => (wakeSource = resolve));
      if (closed) return;
    }
  }

  const end = (error?: unknown) => {
    ended = { error };
    wakeReader();
  };
  pull().then(() => end(), end);

  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      while (true) {
        const item = ready.shift();
        if (item !== undefined) {
          readyWeight -= weight(item);
          wakeSource();
          return { done: false, value: item };
        }
        if (ended !== undefined) {
          const { error } = ended;
          ended = {}; // an error is thrown once
          if (error !== undefined) throw error;
          return { done: true, value: undefined };
        }
        await new Promise<void>((resolve) => (wakeReader = resolve));
      }
    },
    // Does not wait for the source: it may be a pipe that delivers nothing for a long time.
    async return() {
      closed = true;
      wakeSource();
      close();
      return { done: true, value: undefined };
    },
  };
}

/**
 * Maximum number of decompressed bytes of each object that wait. More would no longer be in the cache when
 * they are read.
 */
const aheadBytes = 2 * 1024 * 1024;

/** Opens an object and begins to fetch and decompress it. */
function openEarly(object: SourceObject, memory: PieceMemory | undefined): OpenedObject {
  const opened = openObject(object, { memory });
  const { chunks, close } = opened;
  // The current thread decompresses into this memory, so it gains nothing from more than one piece.
  const limit = memory === undefined ? aheadBytes : 1;
  return { ...opened, chunks: readAhead(chunks, { limit, weight: (chunk) => chunk.length, close }) };
}

/**
 * Opens objects in advance, and begins to fetch and decompress them during the reading of the previous
 * object. They are in the order of the listing, and the first is available as soon as it is listed.
 *
 * @param count number of open objects, including the current one
 * @param memory for the decompressed chunks; without it, zlib's threads decompress
 */
async function* openAhead(
  objects: AsyncIterable<SourceObject>,
  count: number,
  memory?: PieceMemory,
): AsyncGenerator<OpenedObject, void> {
  const unread = new Set<OpenedObject>();
  async function* opening(): AsyncGenerator<OpenedObject, void> {
    for await (const object of objects) {
      const opened = openEarly(object, memory);
      unread.add(opened);
      yield opened;
    }
  }
  const ahead =
    count > 1 ? readAhead(opening(), { limit: count - 1, weight: () => 1, close: () => {} }) : opening();
  try {
    for await (const opened of ahead) {
      unread.delete(opened); // the reader closes this object; the finally block closes the others
      yield opened;
    }
  } finally {
    for (const { close } of unread) close();
  }
}

export { openAhead };
