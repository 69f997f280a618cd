import { decompress } from '../records/compression/decompress';
import { DecompressionError } from '../records/compression/decompression-error';
import { skipBytes } from './skip-bytes';
import type { SourceObject } from './source';

/** An object whose bytes are on their way. */
interface OpenedObject {
  object: SourceObject;
  /** The bytes, decompressed. */
  chunks: AsyncIterable<Buffer>;
  /** Bytes fetched so far, before decompression. */
  fetchedBytes(): number;
  /** Ends the fetching, even while it waits for something; what was read so far stays readable. */
  close: () => void;
}

/**
 * Opens an object; its bytes are fetched and decompressed as they are asked for.
 *
 * A decompressor that meets damage throws away what it had made of the chunk in hand, which may be a whole small
 * object, unless it is careful, which takes longer. So the object is read again with care when it turns out to be
 * damaged, and from the start when it can be read only once: everything before the damage is handed on, then the
 * error is thrown.
 *
 * @param outputBytes the most bytes of a chunk that was gzip; 1 MiB by default
 */
function openObject(object: SourceObject, outputBytes?: number): OpenedObject {
  const abort = new AbortController();
  let fetched = 0;
  async function* counted(): AsyncGenerator<Uint8Array, void> {
    for await (const chunk of object.open(abort.signal)) {
      fetched += chunk.length;
      yield chunk;
    }
  }
  async function* chunks(): AsyncGenerator<Buffer, void> {
    let produced = 0;
    try {
      for await (const chunk of decompress(counted(), { careful: object.readsOnce, outputBytes })) {
        produced += chunk.length;
        yield chunk;
      }
    } catch (error) {
      if (error instanceof DecompressionError && object.readsOnce !== true) {
        const again = decompress(object.open(abort.signal), { careful: true, outputBytes });
        yield* skipBytes(produced, again);
      }
      throw error;
    }
  }
  return { object, chunks: chunks(), fetchedBytes: () => fetched, close: () => abort.abort() };
}

export { type OpenedObject, openObject };
