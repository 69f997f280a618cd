import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { snapHadoop, snapXerial } from './compress-snappy';
import { zipped } from './compress-zip';
import type { Compression } from './compression';

type Chunks = AsyncIterable<Uint8Array>;

async function* gzipped(chunks: Chunks): AsyncGenerator<Buffer, void> {
  const source = Readable.from(chunks, { objectMode: false });
  const gzip = createGzip();
  // A pipe does not pass on the error of its source.
  source.once('error', (error) => gzip.destroy(error));
  try {
    yield* source.pipe(gzip);
  } finally {
    source.destroy();
    gzip.destroy();
  }
}

function compressedOnce(chunks: Chunks, compression: Compression): AsyncGenerator<Buffer, void> {
  if (compression.format === 'gzip') return gzipped(chunks);
  if (compression.format === 'zip') return zipped(chunks, compression.entry);
  return compression.format === 'snappy-java' ? snapXerial(chunks) : snapHadoop(chunks);
}

/**
 * Compresses bytes as an object was compressed. Memory is bounded by a block. Several members of a gzip become one, and
 * several entries of a zip become one with the name of the first.
 *
 * @param compressions as `decompress` reports them: outermost first; none for uncompressed bytes
 * @throws {RangeError} when a zip would be larger than 4 GB
 *
 * @example
 * ```ts
 * for await (const chunk of compress(lines, [{ format: 'gzip' }])) await file.write(chunk);
 * ```
 */
function compress(chunks: Chunks, compressions: readonly Compression[]): Chunks {
  return compressions.reduceRight<Chunks>((inner, compression) => compressedOnce(inner, compression), chunks);
}

export { compress };
