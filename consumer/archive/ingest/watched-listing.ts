import type { Source } from '../../sources/source';

/** Options for watching a listing. */
interface ListingWatch {
  /** Ends the listing before its next object. */
  signal?: AbortSignal | undefined;
  /** Called at the start, after every thousand objects, and at the end, with the number of listed objects. */
  onListed?: ((objects: number) => void) | undefined;
}

/** Objects between two calls of `onListed`: the size of a page in S3. */
const pageObjects = 1_000;

/** Returns a source whose listing reports its progress and can be ended. */
function watchedListing(source: Source, { signal, onListed }: ListingWatch): Source {
  return {
    get skippedObjects() {
      return source.skippedObjects;
    },
    async *objects() {
      let listed = 0;
      onListed?.(listed);
      for await (const object of source.objects()) {
        if (signal?.aborted === true) return;
        yield object;
        listed++;
        if (listed % pageObjects === 0) onListed?.(listed);
      }
      onListed?.(listed);
    },
  };
}

/**
 * Waits for work, but only until the signal is aborted. It returns undefined then, and the result or error of the work
 * is dropped.
 */
async function unlessAborted<Result>(
  work: Promise<Result>,
  signal: AbortSignal | undefined,
): Promise<Result | undefined> {
  if (signal === undefined) return work;
  work.catch(() => {}); // thrown below, unless the signal came first
  let stop = (): void => {};
  const aborted = new Promise<undefined>((resolve) => {
    stop = () => resolve(undefined);
  });
  signal.addEventListener('abort', stop);
  try {
    return signal.aborted ? undefined : await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

export { unlessAborted, watchedListing };
