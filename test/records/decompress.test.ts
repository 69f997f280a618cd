import { randomBytes } from 'node:crypto';
import { deflateRawSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { ByteSource } from '../../consumer/records/compression/byte-source';
import { decompress } from '../../consumer/records/compression/decompress';
import { DecompressionError } from '../../consumer/records/compression/decompression-error';
import { gzip, zip as zipEntry } from '../../consumer/records/compression/inflate';
import { canInflateHere } from '../../consumer/records/compression/inflate-here';
import { PieceMemory } from '../../consumer/records/compression/piece-memory';
import { runs } from '../property-runs';
import { chunked } from './arbitrary';
import { blocks, compressions, lengthPrefixed, xerial } from './compressions';
import { zip } from './zip-archive';

async function* from(chunks: readonly Uint8Array[]) {
  yield* chunks;
}

async function decompressed(chunks: readonly Uint8Array[], memory?: PieceMemory): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const chunk of decompress(from(chunks), { memory })) {
    parts.push(memory === undefined ? chunk : Buffer.from(chunk));
    memory?.release(chunk);
  }
  return Buffer.concat(parts);
}

// Possible starts of an object: JSON or text, but not the signature of another compression.
const content = fc
  .uint8Array({ minLength: 6, maxLength: 200 })
  .map((bytes) => Buffer.concat([Buffer.from('{"a"'), bytes]));

describe('decompress', () => {
  it.each(compressions)('decompresses %s, wherever the chunks end', async (_name, compress) => {
    await fc.assert(
      fc.asyncProperty(
        content.chain((bytes) => fc.tuple(fc.constant(bytes), chunked(compress(bytes)))),
        async ([bytes, chunks]) => {
          expect(await decompressed(chunks)).toEqual(bytes);
        },
      ),
      { numRuns: runs(60) },
    );
  });

  it.each(compressions)('decompresses %s into memory that is used again', async (_name, compress) => {
    await fc.assert(
      fc.asyncProperty(
        content.chain((bytes) => fc.tuple(fc.constant(bytes), chunked(compress(bytes)))),
        fc.integer({ min: 1, max: 300 }),
        async ([bytes, chunks], pieceBytes) => {
          expect(await decompressed(chunks, new PieceMemory(pieceBytes))).toEqual(bytes);
        },
      ),
      { numRuns: runs(60) },
    );
  });

  it('can decompress gzip in the current thread with this version of Node', () => {
    expect(canInflateHere(gzip)).toBe(true);
  });

  it.each([
    ['cut off', (bytes: Buffer) => bytes.subarray(0, -9), 'gzip: unexpected end of file'],
    ['damaged', (bytes: Buffer) => bytes.fill(0xff, 60_000, 60_100), 'gzip: '],
    [
      'followed by text',
      (bytes: Buffer) => Buffer.concat([bytes, Buffer.from('text')]),
      'gzip: incorrect header check',
    ],
  ])('reports gzip that is %s, with memory that is used again', async (_name, damage, message) => {
    const bytes = Buffer.from(randomBytes(100_000).toString('base64'));
    const damaged = [...blocks(damage(gzipSync(bytes)), 16 * 1024)];
    const failure = await decompressed(damaged, new PieceMemory()).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(DecompressionError);
    expect((failure as DecompressionError).message).toContain(message);
  });

  it.each(compressions)('decompresses megabytes of %s', async (_name, compress) => {
    const bytes = Buffer.concat([Buffer.from('{'), Buffer.from(randomBytes(1_500_000).toString('base64'))]);
    expect((await decompressed([...blocks(compress(bytes), 64 * 1024)])).equals(bytes)).toBe(true);
  });

  it.each([64 * 1024, 256 * 1024])(
    'returns gzip in chunks of at most %i bytes with outputBytes',
    async (most) => {
      const bytes = Buffer.from(randomBytes(1_500_000).toString('base64'));
      const chunks: Buffer[] = [];
      for await (const chunk of decompress(from([gzipSync(bytes)]), { outputBytes: most }))
        chunks.push(chunk);
      expect(Buffer.concat(chunks).equals(bytes)).toBe(true);
      expect(Math.max(...chunks.map(({ length }) => length))).toBe(most);
    },
  );

  it.each(compressions.filter(([name]) => name !== 'nothing'))(
    'returns everything before the end of truncated %s, and reports it',
    async (name, compress) => {
      const bytes = Buffer.from(`{"a":"${randomBytes(300_000).toString('base64')}"}`);
      const whole = compress(bytes);
      const parts: Buffer[] = [];
      const read = async () => {
        for await (const chunk of decompress(from([whole.subarray(0, Math.floor(whole.length * 0.7))])))
          parts.push(chunk);
      };
      await expect(read()).rejects.toThrow(DecompressionError);
      const found = Buffer.concat(parts);
      expect(bytes.subarray(0, found.length).equals(found)).toBe(true);
      if (!name.includes('twice') && !name.includes('three'))
        expect(found.length).toBeGreaterThan(bytes.length * 0.3);
    },
  );

  it.each([1, 2, 4, 7, 1_000_000])(
    'skips padding after and between gzip members, %i bytes at a time',
    async (size) => {
      const [one, two] = ['{"a":1}\n', '{"b":2}\n'].map((text) => gzipSync(text));
      const zeros = Buffer.alloc(20);
      const bytes = Buffer.concat([one ?? zeros, zeros, two ?? zeros, zeros]);
      expect((await decompressed([...blocks(bytes, size)])).toString()).toBe('{"a":1}\n{"b":2}\n');
    },
  );

  it.each<[string, (text: string) => Buffer, typeof gzip]>([
    ['gzip members with padding', (text) => Buffer.concat([gzipSync(text), Buffer.alloc(1)]), gzip],
    ['zips', (text) => zip([Buffer.from(text)]), zipEntry],
  ])('creates few streams for thousands of short %s', async (_name, compress, format) => {
    const made = jest.spyOn(format, 'create');
    const bytes = Buffer.concat(
      Array.from({ length: 3000 }, (_, index) => compress(index % 3 === 0 ? '' : '{"a":1}\n')),
    );
    expect((await decompressed([...blocks(bytes, 64 * 1024)])).toString()).toBe('{"a":1}\n'.repeat(2000));
    expect(made.mock.calls.length).toBeLessThan(20);
    made.mockRestore();
  });

  it('skips megabytes of padding in few steps', async () => {
    const bytes = Buffer.concat([gzipSync('{"a":1}\n'), Buffer.alloc(4 * 1024 * 1024)]);
    const taken = jest.spyOn(ByteSource.prototype, 'take');
    expect((await decompressed([...blocks(bytes, 64 * 1024)])).toString()).toBe('{"a":1}\n');
    expect(taken.mock.calls.length).toBeLessThan(200);
    taken.mockRestore();
  });

  it('rejects data after a gzip and its padding', async () => {
    const bytes = Buffer.concat([gzipSync('{"a":1}'), Buffer.alloc(3), Buffer.from('text')]);
    await expect(decompressed([bytes])).rejects.toThrow('gzip: incorrect header check');
  });

  it('rejects more than three nested compressions', async () => {
    let bytes = Buffer.from('{"a":1}');
    for (let i = 0; i < 4; i++) bytes = gzipSync(bytes);
    await expect(decompressed([bytes])).rejects.toThrow('compressed more than 3 times');
  });

  it.each([
    [
      'a block that declares 4 GiB',
      Buffer.concat([xerial(Buffer.alloc(0)), lengthPrefixed(Buffer.from('ffffffff0f00', 'hex'))]),
    ],
    ['a block of 2 GiB', Buffer.concat([xerial(Buffer.alloc(0)), Buffer.from('7fffffff', 'hex')])],
    [
      'a block that is not snappy',
      Buffer.concat([xerial(Buffer.alloc(0)), lengthPrefixed(Buffer.from('10ff00ff00', 'hex'))]),
    ],
  ])('rejects %s', async (_name, bytes) => {
    await expect(decompressed([bytes])).rejects.toThrow(DecompressionError);
  });

  it('throws the error of the source, after its bytes', async () => {
    const failing = async function* () {
      yield gzipSync('{"a":1}\n').subarray(0, 12);
      throw new Error('connection lost');
    };
    const read = async () => {
      for await (const _ of decompress(failing())) {
        // only the end matters
      }
    };
    await expect(read()).rejects.toThrow('connection lost');
  });

  it.each([
    ['raw deflate', deflateRawSync('{"a":1}')],
    ['the first bytes of gzip only', Buffer.from([0x1f])],
    ['four NUL bytes', Buffer.alloc(4)],
    ['NUL bytes', Buffer.alloc(64)],
  ])('returns %s unchanged, because it is not a known compression', async (_name, bytes) => {
    expect(await decompressed([bytes])).toEqual(bytes);
  });
});
