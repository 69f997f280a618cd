import { Readable } from 'node:stream';
import fc from 'fast-check';
import { compress } from '../../consumer/records/compression/compress';
import type { Compression } from '../../consumer/records/compression/compression';
import { decompress } from '../../consumer/records/compression/decompress';
import { runs } from '../property-runs';
import { chunked } from './arbitrary';
import { compressions } from './compressions';

async function all(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts);
}

/** Decompresses bytes, and returns their compressions too. The content is hexadecimal: Jest compares texts faster. */
async function opened(bytes: Buffer): Promise<{ content: string; found: Compression[] }> {
  const found: Compression[] = [];
  const onCompression = (compression: Compression) => void found.push(compression);
  const content = await all(decompress(Readable.from([bytes]), { onCompression }));
  return { content: content.toString('hex'), found };
}

const formats: Readonly<Record<string, readonly Compression['format'][]>> = {
  nothing: [],
  gzip: ['gzip'],
  'gzip twice': ['gzip', 'gzip'],
  'zip in gzip': ['gzip', 'zip'],
  'snappy-java': ['snappy-java'],
  'Hadoop snappy': ['snappy-hadoop'],
  'snappy around gzip': ['snappy-java', 'gzip'],
};

describe('compress', () => {
  const content = Buffer.from(`{"a":"${'0123456789é'.repeat(40_000)}"}\n`);

  it.each(compressions)('compresses again as %s', async (name, compressed) => {
    const { found } = await opened(compressed(content));
    const expected = formats[name];
    if (expected !== undefined) expect(found.map(({ format }) => format)).toEqual(expected);
    const again = await all(compress(Readable.from([content]), found));
    expect(await opened(again)).toEqual({ content: content.toString('hex'), found });
  });

  it('keeps the name of the first entry of a zip', async () => {
    const [, zipped] = compressions.find(([name]) => name === 'zip as fflate writes it') ?? [];
    const { found } = await opened(zipped?.(content) ?? content);
    expect(found).toEqual([{ format: 'zip', entry: 'entry' }]);
  });

  it('gives the same bytes for the same content', async () => {
    for (const [, compressed] of compressions) {
      const { found } = await opened(compressed(content));
      const twice = [0, 1].map(() => all(compress(Readable.from([content]), found)));
      const [one, other] = await Promise.all(twice);
      expect(one?.equals(other ?? content)).toBe(true);
    }
  });

  it('compresses any chunks, and no bytes', async () => {
    const compression = fc.constantFrom<Compression>(
      { format: 'gzip' },
      { format: 'zip', entry: 'a b/é.json' },
      { format: 'snappy-java' },
    );
    const chunks = fc.uint8Array({ maxLength: 200 }).chain((bytes) => chunked(Buffer.from(bytes)));
    await fc.assert(
      fc.asyncProperty(compression, chunks, async (outer, parts) => {
        // The first byte is not that of another compression.
        const plain = [Buffer.from('{'), ...parts];
        const bytes = await all(compress(Readable.from(plain.filter(({ length }) => length > 0)), [outer]));
        expect(await opened(bytes)).toEqual({
          content: Buffer.concat(plain).toString('hex'),
          found: [outer],
        });
        const empty = await opened(await all(compress(Readable.from([]), [outer])));
        expect(empty).toEqual({ content: '', found: [outer] });
      }),
      { numRuns: runs(200) },
    );
  });

  it('fails with the error of its source', async () => {
    async function* broken(): AsyncGenerator<Buffer> {
      yield Buffer.from('{');
      throw new Error('broken off');
    }
    for (const format of ['gzip', 'snappy-java', 'snappy-hadoop'] as const)
      await expect(all(compress(broken(), [{ format }]))).rejects.toThrow('broken off');
    await expect(all(compress(broken(), [{ format: 'zip', entry: 'a' }]))).rejects.toThrow('broken off');
  });
});
