import type { Source } from '../../sources/source';

/** What watches a listing. */
interface ListingWatch {
  /** Ends the listing before its next object. */
  signal?: AbortSignal | undefined;
  /** Called at the start, after each thousand of objects, and at the end, with how many have been listed. */
  onListed?: ((objects: number) => void) | undefined;
}

/** Objects between two calls of `onListed`: as many as a page of S3's has. */
const pageObjects = 1_000;

/** A source whose listing tells how far it has come, and can be ended. */
function watchedListing(source: Source, { signal, onListed }: ListingWatch): Source {
  return {
    get leftOut() {
      return source.leftOut;
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
 * Waits for work, but no longer than until the signal says stop: undefined then, and what the work comes to
 * is nobody's concern any more.
 */
async function unlessAborted<Result>(
  work: Promise<Result>,
  signal: AbortSignal | undefined,
): Promise<Result | undefined> {
  if (signal === undefined) return work;
  work.catch(() => {}); // thrown below, unless it was given up before
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
