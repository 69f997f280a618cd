import type { ByteSource } from './byte-source';
import { DecompressionError } from './decompression-error';

/** The largest block that is decompressed; snappy-java writes 32 KiB and Hadoop 256 KiB. */
const maxBlockBytes = 64 * 1024 * 1024;

/** The 16 bytes before the first block of a snappy-java stream: magic, version, oldest compatible version. */
const xerialHeaderBytes = 16;
const xerialMagic = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00]);

/** Whether the bytes begin a snappy-java ("xerial") stream, which Firehose writes for `Snappy`. */
function isXerialSnappy(head: Buffer): boolean {
  return head.subarray(0, xerialMagic.length).equals(xerialMagic);
}

/** The uncompressed length that a snappy block begins with, as a varint. */
function blockLength(block: Buffer): number | undefined {
  let length = 0;
  for (let i = 0; i < 5; i++) {
    const value = block[i];
    if (value === undefined) return undefined;
    length += (value & 0x7f) * 2 ** (7 * i);
    if (value < 0x80) return length;
  }
  return undefined;
}

/**
 * Whether the bytes begin Hadoop's block format, which has no magic: the lengths of the uncompressed and
 * the first compressed block, then that block, whose own length must fit.
 */
function isHadoopSnappy(head: Buffer): boolean {
  if (head.length < 10) return false;
  const total = head.readUInt32BE(0);
  const compressed = head.readUInt32BE(4);
  const first = blockLength(head.subarray(8));
  const plausible = total > 0 && total <= maxBlockBytes && compressed > 0 && compressed <= maxBlockBytes;
  return plausible && first !== undefined && first > 0 && first <= total;
}

async function takeLength(source: ByteSource): Promise<number | undefined> {
  const bytes = await source.take(4);
  if (bytes.length < 4) source.checkEnd();
  if (bytes.length === 0) return undefined;
  if (bytes.length < 4) throw new DecompressionError('snappy: the stream ends within a block length');
  return bytes.readUInt32BE(0);
}

async function takeBlock(source: ByteSource): Promise<Buffer> {
  const length = await takeLength(source);
  if (length === undefined) throw new DecompressionError('snappy: the stream ends before a block');
  if (length > maxBlockBytes) {
    throw new DecompressionError(`snappy: a block of ${length} bytes, at most ${maxBlockBytes} are allowed`);
  }
  const block = await source.take(length);
  if (block.length < length) source.checkEnd();
  if (block.length < length) throw new DecompressionError('snappy: the stream ends within a block');
  return block;
}

async function uncompressed(block: Buffer): Promise<Buffer> {
  const length = blockLength(block);
  if (length === undefined || length > maxBlockBytes) {
    throw new DecompressionError(
      `snappy: a block says it holds ${length} bytes, at most ${maxBlockBytes} are allowed`,
    );
  }
  // Native code: loaded only where an object needs it.
  const { uncompress } = await import('snappy');
  try {
    return (await uncompress(block, { asBuffer: true })) as Buffer; // asBuffer says so
  } catch (error) {
    throw new DecompressionError('snappy: a block is damaged', { cause: error });
  }
}

/**
 * Decompresses a snappy-java stream: a header, then blocks with their lengths.
 *
 * @throws {DecompressionError} when the bytes are damaged or end too soon, after all that came before
 */
async function* unsnapXerial(source: ByteSource): AsyncGenerator<Buffer, void> {
  while (true) {
    const head = await source.peek(xerialHeaderBytes);
    if (head.length === 0) {
      source.checkEnd();
      return;
    }
    // Streams are joined by writing the header again.
    if (isXerialSnappy(head)) await source.take(xerialHeaderBytes);
    else yield await uncompressed(await takeBlock(source));
  }
}

/**
 * Decompresses Hadoop's snappy format: blocks with their uncompressed length, each in one or several
 * compressed pieces.
 *
 * @throws {DecompressionError} when the bytes are damaged or end too soon, after all that came before
 */
async function* unsnapHadoop(source: ByteSource): AsyncGenerator<Buffer, void> {
  for (let left = await takeLength(source); left !== undefined; left = await takeLength(source)) {
    while (left > 0) {
      const piece = await uncompressed(await takeBlock(source));
      if (piece.length > left) throw new DecompressionError('snappy: a block is longer than it says');
      left -= piece.length;
      yield piece;
    }
  }
}

export { isHadoopSnappy, isXerialSnappy, unsnapHadoop, unsnapXerial };
