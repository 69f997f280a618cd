import { Unzip, UnzipInflate } from 'fflate';
import type { ByteSource } from './byte-source';
import { DecompressionError } from './decompression-error';

/** Bytes given to the inflater at once; bounds the memory that a zip bomb can take. */
const sliceBytes = 32 * 1024;

/**
 * Decompresses the entries of a zip archive one after the other. Firehose writes one entry, named by a
 * UUID.
 *
 * @throws {DecompressionError} when the bytes are damaged or end too soon, after all that came before
 */
async function* unzip(source: ByteSource): AsyncGenerator<Buffer, void> {
  let output: Buffer[] = [];
  let failure: Error | undefined;
  let open = 0;
  const archive = new Unzip((entry) => {
    open++;
    entry.ondata = (error, chunk, final) => {
      if (error !== null) failure = error;
      else output.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
      if (final) open--;
    };
    entry.start();
  });
  archive.register(UnzipInflate);
  const push = (bytes: Uint8Array, final: boolean) => {
    try {
      archive.push(bytes, final);
    } catch (error) {
      failure = error as Error; // fflate throws its own errors only
    }
    const ready = output;
    output = [];
    return ready;
  };
  for await (const chunk of source.rest()) {
    for (let at = 0; at < chunk.length && failure === undefined; at += sliceBytes) {
      yield* push(chunk.subarray(at, at + sliceBytes), false);
    }
  }
  if (failure === undefined) yield* push(new Uint8Array(), true);
  if (failure !== undefined) throw new DecompressionError(`zip: ${failure.message}`, { cause: failure });
  if (open > 0) throw new DecompressionError('zip: the archive ends within an entry');
}

export { unzip };
