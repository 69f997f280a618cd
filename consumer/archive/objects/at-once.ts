/**
 * Handles the items of a list while it is being listed, some of them at once.
 *
 * @param count the maximum number at once
 * @param isOver ends the listing; items that have begun are completed
 * @throws the first error of an item or of the listing, after the others have ended
 */
async function atOnce<Item>(
  items: AsyncIterable<Item>,
  count: number,
  isOver: () => boolean,
  handle: (item: Item) => Promise<void>,
): Promise<void> {
  const running = new Set<Promise<void>>();
  let failure: { error: unknown } | undefined;
  const start = (item: Item) => {
    const work: Promise<void> = handle(item)
      .catch((error: unknown) => {
        failure ??= { error };
      })
      .finally(() => running.delete(work));
    running.add(work);
  };
  try {
    for await (const item of items) {
      if (failure !== undefined || isOver()) break;
      start(item);
      if (running.size >= count) await Promise.race(running);
    }
  } finally {
    await Promise.all(running);
  }
  if (failure !== undefined) throw failure.error;
}

export { atOnce };
