import { ByteSource } from './byte-source';
import { type Compression, zipEntryName } from './compression';
import { DecompressionError } from './decompression-error';
import { gunzip } from './gzip';
import type { DecompressOptions } from './inflate';
import { isHadoopSnappy, isXerialSnappy, unsnapHadoop, unsnapXerial } from './snappy';
import { unzip } from './zip';

type Codec = (source: ByteSource, options: DecompressOptions) => AsyncGenerator<Buffer, void>;

const codecs: Readonly<Record<Compression['format'], Codec>> = {
  gzip: gunzip,
  zip: unzip,
  'snappy-java': unsnapXerial,
  'snappy-hadoop': unsnapHadoop,
};

/** Maximum number of bytes that identify a compression. */
const headBytes = 16;

/** Maximum number of nested compressions. Two occur when a producer compresses and Firehose does too. */
const maxLayers = 3;

/** The possible first bytes of a compression. JSON never begins with one of them. */
const firstBytes: ReadonlySet<number | undefined> = new Set([0x00, 0x1f, 0x50, 0x82]);

/**
 * Identifies the compression. Does not wait for more bytes than necessary, because a pipe can deliver few
 * bytes and then none for a long time.
 */
async function sniff(source: ByteSource): Promise<Compression['format'] | undefined> {
  const [first] = await source.peek(1);
  return firstBytes.has(first) ? formatOf(await source.peek(headBytes)) : undefined;
}

function formatOf(head: Buffer): Compression['format'] | undefined {
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip';
  if (head.subarray(0, 4).equals(Buffer.from('PK\x03\x04'))) return 'zip';
  if (isXerialSnappy(head)) return 'snappy-java';
  if (isHadoopSnappy(head)) return 'snappy-hadoop';
  return undefined;
}

/** Reports a compression before its bytes are taken. */
async function report(
  source: ByteSource,
  format: Compression['format'],
  onCompression: (compression: Compression) => void,
): Promise<void> {
  onCompression(format === 'zip' ? { format, entry: await zipEntryName(source) } : { format });
}

/**
 * Size of the pieces for a careful decompressor, which reads a damaged piece byte by byte. A piece is a share
 * of the preceding bytes, so that both take about the same time, within these bounds.
 */
const minPieceBytes = 256;
const maxPieceBytes = 64 * 1024;
const piecesBefore = 64;

async function* inPieces(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
  let before = 0;
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; ) {
      const share = Math.floor(before / piecesBefore);
      const piece = chunk.subarray(at, at + Math.min(Math.max(share, minPieceBytes), maxPieceBytes));
      at += piece.length;
      before += piece.length;
      yield piece;
    }
  }
}

/**
 * Decompresses the bytes of an object: gzip (one or more members), zip, snappy in its snappy-java and Hadoop
 * forms, nested compressions, or uncompressed bytes. The bytes determine the format, not the name of the
 * object, because the `FileExtension` of Firehose can hide it. Memory is bounded by the largest block,
 * whatever the expansion.
 *
 * @throws {DecompressionError} when the bytes are damaged, cut off, or compressed more than three times.
 * Bytes before the damage are yielded first: all of them with `careful`, otherwise those that were
 * decompressed by then.
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
    const format = await sniff(source);
    if (format === undefined) {
      yield* source.rest();
    } else if (layers === maxLayers) {
      throw new DecompressionError(`compressed more than ${maxLayers} times`);
    } else {
      if (options.onCompression !== undefined) await report(source, format, options.onCompression);
      const pieces = options.careful === true ? new ByteSource(inPieces(source.rest())) : source;
      yield* decompress(codecs[format](pieces, options), options, layers + 1);
    }
  } finally {
    await source.close();
  }
}

export { decompress };
