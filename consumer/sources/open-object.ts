import { decompress } from '../records/compression/decompress';
import { DecompressionError } from '../records/compression/decompression-error';
import { skipBytes } from './skip-bytes';
import type { SourceObject } from './source';

/** An object that is being fetched. */
interface OpenedObject {
  object: SourceObject;
  /** The bytes, decompressed. */
  chunks: AsyncIterable<Buffer>;
  /** Bytes fetched so far, before decompression. */
  fetchedBytes(): number;
  /** Ends the fetching, even while it waits. Bytes that were read before remain readable. */
  close: () => void;
}

/**
 * Opens an object. Its bytes are fetched and decompressed on demand.
 *
 * At damage, a decompressor discards the output of the current chunk, which can be a whole small object. A
 * careful decompressor does not, but takes longer. A damaged object is therefore read again carefully.
 * Objects that can be read only once are read carefully from the start. Everything before the damage is
 * yielded, then the error is thrown.
 *
 * @param outputBytes maximum number of bytes in a chunk of decompressed gzip; 1 MiB by default
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
        const careful = decompress(object.open(abort.signal), { careful: true, outputBytes });
        yield* skipBytes(produced, careful);
      }
      throw error;
    }
  }
  return { object, chunks: chunks(), fetchedBytes: () => fetched, close: () => abort.abort() };
}

export { type OpenedObject, openObject };
