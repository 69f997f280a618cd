import fc from 'fast-check';
import { decompress } from '../../../../consumer/records/compression/decompress';
import { compressions } from './compression';

async function* chunks(bytes: Buffer) {
  yield bytes;
}

async function decompressed(bytes: Buffer): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of decompress(chunks(bytes))) parts.push(part);
  return Buffer.concat(parts);
}

describe.each(Object.entries(compressions))('objects of the format %s', (_, { compress }) => {
  it('can be read', async () => {
    const records = fc
      .string({ minLength: 1, maxLength: 2000 })
      .map((text) => Buffer.from(`{"a":"${text}"}\n`));
    await fc.assert(
      fc.asyncProperty(records, async (bytes) => {
        expect(await decompressed(Buffer.from(await compress(bytes)))).toEqual(bytes);
      }),
      { numRuns: 30 },
    );
  });

  it('can be larger than a block', async () => {
    const bytes = Buffer.from('{"a":1}\n'.repeat(200_000));
    expect((await decompressed(await compress(bytes))).equals(bytes)).toBe(true);
  });
});
