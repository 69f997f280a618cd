/** Block sizes of the producers: snappy-java's, and Hadoop's. */
const xerialBlockBytes = 32 * 1024;
const hadoopBlockBytes = 256 * 1024;

/** The header of a snappy-java stream: magic, version 1, compatible with version 1. */
const xerialHeader = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0, 0, 0, 0, 1, 0, 0, 0, 1]);

/** Cuts chunks into blocks of this size. Only the last one can be smaller. */
async function* inBlocks(chunks: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Buffer, void> {
  let parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; ) {
      const part = chunk.subarray(at, at + size - length);
      parts.push(part);
      length += part.length;
      at += part.length;
      if (length < size) continue;
      yield Buffer.concat(parts);
      parts = [];
      length = 0;
    }
  }
  if (length > 0) yield Buffer.concat(parts);
}

function lengthBytes(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

async function snapped(block: Buffer): Promise<Buffer> {
  // Native code: only loaded for objects that require it.
  const snappy = await import('snappy');
  return snappy.compress(block);
}

/** Compresses into a snappy-java stream. Without bytes it has an empty block, because a stream has at least one. */
async function* snapXerial(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer, void> {
  yield xerialHeader;
  let isEmpty = true;
  const piece = async (block: Buffer) => {
    isEmpty = false;
    const compressed = await snapped(block);
    return Buffer.concat([lengthBytes(compressed.length), compressed]);
  };
  for await (const block of inBlocks(chunks, xerialBlockBytes)) yield await piece(block);
  if (isEmpty) yield await piece(Buffer.alloc(0));
}

/** Compresses into the snappy format of Hadoop, with one compressed piece in each block. */
async function* snapHadoop(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer, void> {
  for await (const block of inBlocks(chunks, hadoopBlockBytes)) {
    const compressed = await snapped(block);
    yield Buffer.concat([lengthBytes(block.length), lengthBytes(compressed.length), compressed]);
  }
}

export { snapHadoop, snapXerial };
