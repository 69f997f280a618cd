import { gzipSync } from 'node:zlib';
import { decompress } from '../../consumer/records/compression/decompress';
import { zip } from './zip-archive';

async function* from(chunks: readonly Uint8Array[]) {
  yield* chunks;
}

describe('decompress', () => {
  it.each([
    ['gzip', 32, (bytes: Buffer) => gzipSync(bytes)],
    ['gzip in careful mode', 8, (bytes: Buffer) => gzipSync(bytes)],
    ['zip', 8, (bytes: Buffer) => zip([bytes])],
  ])('uses little memory for gigabytes that megabytes of %s expand to', async (name, count, compress) => {
    const bomb = compress(Buffer.alloc(64 * 1024 * 1024));
    const before = process.memoryUsage().arrayBuffers;
    let most = 0;
    let length = 0;
    const careful = name.endsWith('care');
    for await (const chunk of decompress(from(Array.from({ length: count }, () => bomb)), { careful })) {
      length += chunk.length;
      most = Math.max(most, process.memoryUsage().arrayBuffers - before);
    }
    expect(length).toBe(count * 64 * 1024 * 1024);
    expect(most).toBeLessThan(150 * 1024 * 1024);
  });
});
