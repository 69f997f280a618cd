import { ByteSource } from './byte-source';
import { DecompressionError } from './decompression-error';
import { gunzip } from './gzip';
import { isHadoopSnappy, isXerialSnappy, unsnapHadoop, unsnapXerial } from './snappy';
import { unzip } from './zip';

type Codec = (source: ByteSource) => AsyncGenerator<Buffer, void>;

/** The most bytes that telling a compression takes. */
const headBytes = 16;

/** Compressions around one another: twice happens when a producer compresses and Firehose does too. */
const maxLayers = 3;

function codecOf(head: Buffer): Codec | undefined {
  if (head[0] === 0x1f && head[1] === 0x8b) return gunzip;
  if (head.subarray(0, 4).equals(Buffer.from('PK\x03\x04'))) return unzip;
  if (isXerialSnappy(head)) return unsnapXerial;
  if (isHadoopSnappy(head)) return unsnapHadoop;
  return undefined;
}

/**
 * Decompresses an object's bytes, whatever Firehose or a producer made of them: gzip (one member or
 * several), zip, snappy in its snappy-java and Hadoop forms, one around another, or nothing. The bytes
 * tell, never the object's name: Firehose's `FileExtension` hides it. Memory is bounded by the largest
 * block, however far the bytes expand.
 *
 * @throws {DecompressionError} when the bytes are damaged, cut off, or compressed more than three times,
 * after everything that could be decompressed
 * @see https://docs.aws.amazon.com/firehose/latest/APIReference/API_ExtendedS3DestinationConfiguration.html
 *
 * @example
 * ```ts
 * for await (const chunk of decompress(createReadStream(path))) console.log(chunk.length);
 * ```
 */
async function* decompress(chunks: AsyncIterable<Uint8Array>, layers = 0): AsyncGenerator<Buffer, void> {
  const source = new ByteSource(chunks);
  try {
    const codec = codecOf(await source.peek(headBytes));
    if (codec === undefined) yield* source.rest();
    else if (layers === maxLayers) throw new DecompressionError(`compressed more than ${maxLayers} times`);
    else yield* decompress(codec(source), layers + 1);
  } finally {
    await source.close();
  }
}

export { decompress };
