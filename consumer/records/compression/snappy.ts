import type { ByteSource } from './byte-source';
import { DecompressionError } from './decompression-error';
import { blockLength, maxBlockBytes, unsnapBlock, unsnapPart } from './snappy-block';

/** The 16 bytes before the first block of a snappy-java stream: magic, version, oldest compatible version. */
const xerialHeaderBytes = 16;
const xerialMagic = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00]);

/** Checks whether the bytes begin a snappy-java ("xerial") stream, which Firehose writes for `Snappy`. */
function isXerialSnappy(head: Buffer): boolean {
  return head.subarray(0, xerialMagic.length).equals(xerialMagic);
}

/**
 * Checks whether the bytes begin the block format of Hadoop, which has no magic number. The format starts
 * with the lengths of the uncompressed and the first compressed block. The length in that block must match.
 */
function isHadoopSnappy(head: Buffer): boolean {
  if (head.length < 10) return false;
  const total = head.readUInt32BE(0);
  const compressed = head.readUInt32BE(4);
  const first = blockLength(head.subarray(8))?.length ?? 0;
  const plausible = total > 0 && total <= maxBlockBytes && compressed > 0 && compressed <= maxBlockBytes;
  return plausible && first > 0 && first <= total;
}

async function takeLength(source: ByteSource): Promise<number | undefined> {
  const bytes = await source.take(4);
  if (bytes.length < 4) source.checkEnd();
  if (bytes.length === 0) return undefined;
  if (bytes.length < 4) throw new DecompressionError('snappy: the stream ends within a block length');
  return bytes.readUInt32BE(0);
}

/**
 * Decompresses the next block, which follows its compressed length. Yields it in one piece, or its intact
 * part before an error.
 */
async function* nextBlock(source: ByteSource): AsyncGenerator<Buffer, void> {
  const length = await takeLength(source);
  if (length === undefined) throw new DecompressionError('snappy: the stream ends before a block');
  if (length > maxBlockBytes) {
    throw new DecompressionError(`snappy: a block has ${length} bytes (maximum: ${maxBlockBytes})`);
  }
  const block = await source.take(length);
  const isComplete = block.length === length;
  let failure = new DecompressionError('snappy: the stream ends within a block');
  try {
    if (isComplete) return yield await unsnapBlock(block);
  } catch (error) {
    failure = error as DecompressionError; // thrown by unsnapBlock
  }
  const part = await unsnapPart(block);
  if (part !== undefined) yield part;
  if (!isComplete) source.checkEnd();
  throw failure;
}

/**
 * Decompresses a snappy-java stream: a header, then blocks with their lengths.
 *
 * @throws {DecompressionError} when the bytes are damaged or end too soon, after the bytes before the damage
 */
async function* unsnapXerial(source: ByteSource): AsyncGenerator<Buffer, void> {
  while (true) {
    const head = await source.peek(xerialHeaderBytes);
    if (head.length === 0) {
      source.checkEnd();
      return;
    }
    // Joined streams repeat the header.
    if (isXerialSnappy(head)) await takeHeader(source);
    else yield* nextBlock(source);
  }
}

/**
 * Takes a header, which must precede a block. Without a block the stream is cut off, because no producer
 * delivers an empty object.
 */
async function takeHeader(source: ByteSource): Promise<void> {
  const head = await source.take(xerialHeaderBytes);
  const [next] = await source.peek(1);
  if (next !== undefined) return;
  source.checkEnd();
  const where = head.length < xerialHeaderBytes ? 'within' : 'after';
  throw new DecompressionError(`snappy: the stream ends ${where} its header`);
}

/**
 * Decompresses the snappy format of Hadoop: blocks with their uncompressed length, each in one or more
 * compressed pieces.
 *
 * @throws {DecompressionError} when the bytes are damaged or end too soon, after the bytes before the damage
 */
async function* unsnapHadoop(source: ByteSource): AsyncGenerator<Buffer, void> {
  for (let left = await takeLength(source); left !== undefined; left = await takeLength(source)) {
    while (left > 0) {
      for await (const piece of nextBlock(source)) {
        left -= piece.length;
        yield piece;
      }
      if (left < 0) throw new DecompressionError('snappy: a block is longer than its declared length');
    }
  }
}

export { isHadoopSnappy, isXerialSnappy, unsnapHadoop, unsnapXerial };
