import { type OpenedObject, openObject } from './open-object';
import type { SourceObject } from './source';

/** How {@link readAhead} goes ahead. */
interface AheadOptions<Item> {
  /** How much may wait to be taken; the last item may exceed it. */
  limit: number;
  /** What an item counts against the limit. */
  weight: (item: Item) => number;
  /** Called when the reader wants no more: has the source end, even while it waits for something. */
  close: () => void;
}

/**
 * Pulls items before they are asked for, so that fetching and decompressing go on while the caller works.
 * It begins at once. An error of the source is thrown behind the items that came before it.
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
    // Does not wait for the source: it may be a pipe that stays silent.
    async return() {
      closed = true;
      wakeSource();
      close();
      return { done: true, value: undefined };
    },
  };
}

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
