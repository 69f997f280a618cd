import { ByteSource } from './byte-source';
import { DecompressionError } from './decompression-error';
import { gunzip } from './gzip';
import type { DecompressOptions } from './inflate';
import { isHadoopSnappy, isXerialSnappy, unsnapHadoop, unsnapXerial } from './snappy';
import { unzip } from './zip';

type Codec = (source: ByteSource, options: DecompressOptions) => AsyncGenerator<Buffer, void>;

/** The most bytes that telling a compression takes. */
const headBytes = 16;

/** Compressions around one another: twice happens when a producer compresses and Firehose does too. */
const maxLayers = 3;

/** The bytes that compressions begin with; JSON begins with none of them. */
const firstBytes: ReadonlySet<number | undefined> = new Set([0x00, 0x1f, 0x50, 0x82]);

/** Tells the compression without waiting for more bytes than that takes: a pipe may give few and stay silent. */
async function sniff(source: ByteSource): Promise<Codec | undefined> {
  const [first] = await source.peek(1);
  return firstBytes.has(first) ? codecOf(await source.peek(headBytes)) : undefined;
}

function codecOf(head: Buffer): Codec | undefined {
  if (head[0] === 0x1f && head[1] === 0x8b) return gunzip;
  if (head.subarray(0, 4).equals(Buffer.from('PK\x03\x04'))) return unzip;
  if (isXerialSnappy(head)) return unsnapXerial;
  if (isHadoopSnappy(head)) return unsnapHadoop;
  return undefined;
}

/**
 * How much is given at once to a decompressor that is careful. In case of damage it reads that byte by byte: a
 * share of what came before, so that this takes about as long, and between these bounds.
 */
const leastPieceBytes = 256;
const mostPieceBytes = 64 * 1024;
const piecesBefore = 64;

async function* inPieces(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
  let before = 0;
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; ) {
      const share = Math.floor(before / piecesBefore);
      const piece = chunk.subarray(at, at + Math.min(Math.max(share, leastPieceBytes), mostPieceBytes));
      at += piece.length;
      before += piece.length;
      yield piece;
    }
  }
}

/**
 * Decompresses an object's bytes, whatever Firehose or a producer made of them: gzip (one member or
 * several), zip, snappy in its snappy-java and Hadoop forms, one around another, or nothing. The bytes
 * tell, never the object's name: Firehose's `FileExtension` hides it. Memory is bounded by the largest
 * block, however far the bytes expand.
 *
 * @throws {DecompressionError} when the bytes are damaged, cut off, or compressed more than three times,
 * after what came before; after everything that could be decompressed when it is careful
 * @see https://docs.aws.amazon.com/firehose/latest/APIReference/API_ExtendedS3DestinationConfiguration.html
 *
 * @example
 * ```ts
 * for await (const chunk of decompress(createReadStream(path))) console.log(chunk.length);
 * ```
 */
async function* decompress(
  chunks: AsyncIterable<Uint8Array>,
  options: DecompressOptions = {},
  layers = 0,
): AsyncGenerator<Buffer, void> {
  const source = new ByteSource(chunks);
  try {
    const codec = await sniff(source);
    if (codec === undefined) {
      yield* source.rest();
    } else if (layers === maxLayers) {
      throw new DecompressionError(`compressed more than ${maxLayers} times`);
    } else {
      const pieces = options.careful === true ? new ByteSource(inPieces(source.rest())) : source;
      yield* decompress(codec(pieces, options), options, layers + 1);
    }
  } finally {
    await source.close();
  }
}

export { decompress };
