/**
 * Pulls chunks before they are asked for, so that fetching and decompressing go on while the caller works.
 * It begins at once. Closing it early closes the source.
 *
 * @param maxBytes how much may wait to be taken; the last chunk may exceed it
 */
function readAhead(chunks: AsyncIterable<Buffer>, maxBytes: number): AsyncIterableIterator<Buffer> {
  const ready: Buffer[] = [];
  let readyBytes = 0;
  let closed = false;
  let wakeReader: () => void = () => {};
  let wakeSource: () => void = () => {};

  async function pull(): Promise<void> {
    for await (const chunk of chunks) {
      if (closed) return;
      ready.push(chunk);
      readyBytes += chunk.length;
      wakeReader();
      while (readyBytes >= maxBytes && !closed) await new Promise<void>((resolve) => (wakeSource = resolve));
      if (closed) return;
    }
  }

  let ended: { error?: unknown } | undefined;
  const pulled = pull().then(
    () => (ended = {}),
    (error: unknown) => (ended = { error }),
  );
  pulled.then(() => wakeReader());

  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      while (true) {
        const chunk = ready.shift();
        if (chunk !== undefined) {
          readyBytes -= chunk.length;
          wakeSource();
          return { done: false, value: chunk };
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
    async return() {
      closed = true;
      wakeSource();
      await pulled;
      return { done: true, value: undefined };
    },
  };
}

export { readAhead };
