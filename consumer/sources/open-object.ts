import { decompress } from '../records/compression/decompress';
import { DecompressionError } from '../records/compression/decompression-error';
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

/** How finely an object is read again around a damage, in bytes. */
const fineBytes = 16;

/** How far before the piece in hand that begins: with one compression in another, the outer is ahead of the inner. */
const fineMarginBytes = 512 * 1024;

/** How finely an object is decompressed that cannot be read again, in bytes: more is lost before a damage. */
const onceBytes = 4 * 1024;

/** The chunks as they come up to `from`, and in small pieces behind it. */
async function* finelyFrom(
  chunks: AsyncIterable<Uint8Array>,
  from: number,
): AsyncGenerator<Uint8Array, void> {
  let offset = 0;
  for await (const chunk of chunks) {
    const coarse = Math.min(Math.max(from - offset, 0), chunk.length);
    if (coarse > 0) yield chunk.subarray(0, coarse);
    for (let at = coarse; at < chunk.length; at += fineBytes) yield chunk.subarray(at, at + fineBytes);
    offset += chunk.length;
  }
}

/** The chunks without their first bytes. */
async function* without(count: number, chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
  let left = count;
  for await (const chunk of chunks) {
    if (chunk.length > left) yield chunk.subarray(left);
    left -= Math.min(left, chunk.length);
  }
}

/**
 * Opens an object; its bytes are fetched and decompressed as they are asked for.
 *
 * A decompressor that meets damage throws away what it had made of the piece in hand, which may be a
 * whole small object. So the object is read again and fed to it in small pieces around the damage:
 * everything before it is handed on, then the error is thrown.
 *
 * @param outputBytes the most bytes of a chunk that was gzip; 1 MiB by default
 */
function openObject(object: SourceObject, outputBytes?: number): OpenedObject {
  const abort = new AbortController();
  let fetched = 0;
  let lastChunk = 0;
  async function* counted(): AsyncGenerator<Uint8Array, void> {
    for await (const chunk of object.open(abort.signal)) {
      fetched += chunk.length;
      lastChunk = chunk.length;
      yield chunk;
    }
  }
  async function* chunks(): AsyncGenerator<Buffer, void> {
    let produced = 0;
    try {
      const pieceBytes = object.readsOnce === true ? onceBytes : undefined;
      for await (const chunk of decompress(counted(), { pieceBytes, outputBytes })) {
        produced += chunk.length;
        yield chunk;
      }
    } catch (error) {
      if (error instanceof DecompressionError && object.readsOnce !== true) {
        const from = fetched - lastChunk - fineMarginBytes;
        yield* without(produced, decompress(finelyFrom(object.open(abort.signal), from), { outputBytes }));
      }
      throw error;
    }
  }
  return { object, chunks: chunks(), fetchedBytes: () => fetched, close: () => abort.abort() };
}

export { type OpenedObject, openObject };
