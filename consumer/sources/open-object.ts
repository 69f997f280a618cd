import { decompress } from '../records/compression/decompress';
import { DecompressionError } from '../records/compression/decompression-error';
import type { PieceMemory } from '../records/compression/piece-memory';
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
  /** Takes back the memory of a chunk to which nothing refers any more. Optional to call. */
  release: (chunk: Buffer) => void;
}

/** Options to open an object. */
interface OpenObjectOptions {
  /**
   * Maximum number of bytes in a chunk of decompressed gzip.
   * @default 1048576
   */
  outputBytes?: number;
  /**
   * Memory for the chunks. With it, the current thread decompresses.
   * @default - zlib's threads decompress
   */
  memory?: PieceMemory | undefined;
}

/**
 * Opens an object. Its bytes are fetched and decompressed on demand.
 *
 * At damage, a decompressor discards the output of the current chunk, which can be a whole small object. A
 * careful decompressor does not, but takes longer. A damaged object is therefore read again carefully.
 * Objects that can be read only once are read carefully from the start. Everything before the damage is
 * yielded, then the error is thrown.
 *
 * @param options the size of the chunks, and the memory for them
 */
function openObject(object: SourceObject, { outputBytes, memory }: OpenObjectOptions = {}): OpenedObject {
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
      for await (const chunk of decompress(counted(), { careful: object.readsOnce, outputBytes, memory })) {
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
  return {
    object,
    chunks: chunks(),
    fetchedBytes: () => fetched,
    close: () => abort.abort(),
    release: (chunk) => memory?.release(chunk),
  };
}

export { type OpenedObject, openObject };
