import { DecompressionError } from './decompression-error';

/** Maximum size of a decompressed block. snappy-java writes 32 KiB, Hadoop 256 KiB. */
const maxBlockBytes = 64 * 1024 * 1024;

/**
 * Reads the varint at the start of a block: the number of its decompressed bytes. `end` is the end of the
 * varint.
 */
function blockLength(block: Buffer): { length: number; end: number } | undefined {
  let length = 0;
  for (let i = 0; i < 5; i++) {
    const value = block[i];
    if (value === undefined) return undefined;
    length += (value & 0x7f) * 2 ** (7 * i);
    if (value < 0x80) return { length, end: i + 1 };
  }
  return undefined;
}

/** One element of a block: literal bytes, or a copy of earlier bytes. */
interface Element {
  /** End of its compressed bytes. */
  end: number;
  /** Number of its decompressed bytes. */
  producedBytes: number;
  /** Distance back to the start of a copy; absent for literal bytes. */
  distance?: number;
}

/**
 * Reads the element at `at`. Returns undefined if the block ends within its head.
 * @see https://github.com/google/snappy/blob/main/format_description.txt
 */
function elementAt(block: Buffer, at: number): Element | undefined {
  const tag = block[at] as number; // in bounds, because of the caller's loop
  const upper = tag >> 2;
  const kind = tag & 3;
  const headBytes = [upper < 60 ? 1 : upper - 58, 2, 3, 5][kind] as number; // two bits: 0 to 3
  if (at + headBytes > block.length) return undefined;
  if (kind === 0) {
    const producedBytes = 1 + (upper < 60 ? upper : block.readUIntLE(at + 1, headBytes - 1));
    return { end: at + headBytes + producedBytes, producedBytes };
  }
  const end = at + headBytes;
  if (kind === 1)
    return { end, producedBytes: 4 + (upper & 7), distance: ((tag >> 5) << 8) | (block[at + 1] as number) };
  return { end, producedBytes: 1 + upper, distance: block.readUIntLE(at + 1, headBytes - 1) };
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let left = value;
  for (; left >= 0x80; left = Math.floor(left / 0x80)) bytes.push((left % 0x80) | 0x80);
  return Buffer.from([...bytes, left]);
}

/** Returns an element of literal bytes, with a length of four bytes. */
function literal(bytes: Buffer): Buffer {
  const head = Buffer.alloc(5, 63 << 2);
  head.writeUInt32LE(bytes.length - 1, 1);
  return Buffer.concat([head, bytes]);
}

/**
 * Returns the intact part of a damaged or cut block, as a block. It has all elements before the damage, and
 * the available bytes of a cut literal.
 */
function intactPart(block: Buffer): Buffer | undefined {
  const start = blockLength(block)?.end;
  if (start === undefined) return undefined;
  let at = start;
  let producedBytes = 0;
  let cut: Buffer = Buffer.alloc(0);
  while (at < block.length) {
    const element = elementAt(block, at);
    if (element === undefined) break;
    const { distance = 1 } = element;
    if (
      distance === 0 ||
      (element.distance ?? 0) > producedBytes ||
      producedBytes + element.producedBytes > maxBlockBytes
    )
      break;
    if (element.end > block.length) {
      cut = block.subarray(element.end - element.producedBytes);
      break;
    }
    producedBytes += element.producedBytes;
    at = element.end;
  }
  const total = producedBytes + cut.length;
  if (total === 0) return undefined;
  const tail = cut.length === 0 ? cut : literal(cut);
  return Buffer.concat([varint(total), block.subarray(start, at), tail]);
}

async function uncompress(block: Buffer): Promise<Buffer> {
  // Native code: only loaded for objects that require it.
  const snappy = await import('snappy');
  return (await snappy.uncompress(block, { asBuffer: true })) as Buffer; // asBuffer guarantees it
}

/**
 * Decompresses a block, which has no checksum.
 * @throws {DecompressionError} when it is damaged
 */
async function unsnapBlock(block: Buffer): Promise<Buffer> {
  const length = blockLength(block)?.length ?? 0;
  if (length > maxBlockBytes) {
    throw new DecompressionError(`snappy: a block declares ${length} bytes (maximum: ${maxBlockBytes})`);
  }
  try {
    return await uncompress(block);
  } catch (error) {
    throw new DecompressionError('snappy: a block is damaged', { cause: error });
  }
}

/** Decompresses the intact part of a damaged or cut-off block. Returns undefined when there is none. */
async function unsnapPart(block: Buffer): Promise<Buffer | undefined> {
  const part = intactPart(block);
  return part === undefined ? undefined : await uncompress(part);
}

export { blockLength, maxBlockBytes, unsnapBlock, unsnapPart };
