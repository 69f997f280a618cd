/** Yields the chunks without their first `count` bytes. */
async function* skipBytes(count: number, chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
  let left = count;
  for await (const chunk of chunks) {
    if (chunk.length > left) yield chunk.subarray(left);
    left -= Math.min(left, chunk.length);
  }
}

export { skipBytes };
