import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { decompress } from '../../consumer/records/compression/decompress';
import { sampleObjects } from '../../consumer/sample';

const bundled = join(__dirname, '../../examples/sample-archive');

async function decompressed(bytes: Buffer): Promise<string> {
  const one = async function* () {
    yield bytes;
  };
  const parts: Buffer[] = [];
  for await (const part of decompress(one())) parts.push(part);
  return Buffer.concat(parts).toString('latin1');
}

function bundledKeys(): string[] {
  return readdirSync(bundled, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(bundled, join(entry.parentPath, entry.name)))
    .sort();
}

describe('the bundled sample archive', () => {
  it('equals the output of ses-events sample --events 2000 --seed 1', async () => {
    const objects = [...sampleObjects({ events: 2000, seed: 1 })];
    expect(bundledKeys()).toEqual(objects.map(({ key }) => key).sort());
    for (const { key, bytes } of objects) {
      // Compared without compression, because the output of zlib can differ between Node versions.
      const committed = await decompressed(readFileSync(join(bundled, key)));
      expect(committed === (await decompressed(bytes))).toBe(true);
    }
  });
});
