import { randomBytes } from 'node:crypto';
import { deflateRawSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { zipSync } from 'fflate';
import { compressSync } from 'snappy';
import { decompress } from '../../consumer/records/compression/decompress';
import { DecompressionError } from '../../consumer/records/compression/decompression-error';
import { chunked } from './arbitrary';

async function* from(chunks: readonly Uint8Array[]) {
  yield* chunks;
}

async function decompressed(chunks: readonly Uint8Array[]): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const chunk of decompress(from(chunks))) parts.push(chunk);
  return Buffer.concat(parts);
}

function lengthPrefixed(block: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(block.length);
  return Buffer.concat([length, block]);
}

function* blocks(bytes: Buffer, size: number): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** snappy-java's stream, as its SnappyOutputStream writes it. */
function xerial(bytes: Buffer): Buffer {
  const header = Buffer.from('82534e41505059000000000100000001', 'hex');
  return Buffer.concat([
    header,
    ...[...blocks(bytes, 32 * 1024)].map((block) => lengthPrefixed(compressSync(block))),
  ]);
}

/** Hadoop's block format. */
function hadoop(bytes: Buffer): Buffer {
  return Buffer.concat(
    [...blocks(bytes, 256 * 1024)].map((block) => {
      const total = Buffer.alloc(4);
      total.writeUInt32BE(block.length);
      return Buffer.concat([total, lengthPrefixed(compressSync(block))]);
    }),
  );
}

const compressions: [string, (bytes: Buffer) => Buffer][] = [
  ['nothing', (bytes) => bytes],
  ['gzip', (bytes) => gzipSync(bytes)],
  ['gzip twice', (bytes) => gzipSync(gzipSync(bytes))],
  ['gzip three times', (bytes) => gzipSync(gzipSync(gzipSync(bytes)))],
  [
    'gzip in two members',
    (bytes) => Buffer.concat([gzipSync(bytes.subarray(0, 5)), gzipSync(bytes.subarray(5))]),
  ],
  ['zip', (bytes) => Buffer.from(zipSync({ entry: bytes }))],
  ['snappy-java', xerial],
  ['snappy-java twice', (bytes) => Buffer.concat([xerial(bytes.subarray(0, 3)), xerial(bytes.subarray(3))])],
  ['Hadoop snappy', hadoop],
  ['snappy around gzip', (bytes) => xerial(gzipSync(bytes))],
];

// What an object can begin with: JSON, or text; not another compression's magic.
const content = fc
  .uint8Array({ minLength: 6, maxLength: 200 })
  .map((bytes) => Buffer.concat([Buffer.from('{"a"'), bytes]));

describe('decompress', () => {
  it.each(compressions)(
    'gives back what was compressed with %s, wherever the bytes are cut',
    async (_name, compress) => {
      await fc.assert(
        fc.asyncProperty(
          content.chain((bytes) => fc.tuple(fc.constant(bytes), chunked(compress(bytes)))),
          async ([bytes, chunks]) => {
            expect(await decompressed(chunks)).toEqual(bytes);
          },
        ),
        { numRuns: 60 },
      );
    },
  );

  it.each(compressions)('gives back megabytes compressed with %s', async (_name, compress) => {
    const bytes = Buffer.concat([Buffer.from('{'), Buffer.from(randomBytes(1_500_000).toString('base64'))]);
    expect((await decompressed([...blocks(compress(bytes), 64 * 1024)])).equals(bytes)).toBe(true);
  });

  it.each([64 * 1024, 256 * 1024])(
    'gives gzip in chunks of at most %i bytes where that is asked for',
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
    'gives everything before the place where bytes compressed with %s are cut off, and says so',
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
    'passes over padding behind and between gzip members, %i bytes at a time',
    async (size) => {
      const [one, two] = ['{"a":1}\n', '{"b":2}\n'].map((text) => gzipSync(text));
      const zeros = Buffer.alloc(20);
      const bytes = Buffer.concat([one ?? zeros, zeros, two ?? zeros, zeros]);
      expect((await decompressed([...blocks(bytes, size)])).toString()).toBe('{"a":1}\n{"b":2}\n');
    },
  );

  it('refuses what lies behind a gzip and its padding', async () => {
    const bytes = Buffer.concat([gzipSync('{"a":1}'), Buffer.alloc(3), Buffer.from('text')]);
    await expect(decompressed([bytes])).rejects.toThrow('gzip: incorrect header check');
  });

  it('refuses more than three compressions around one another', async () => {
    let bytes = Buffer.from('{"a":1}');
    for (let i = 0; i < 4; i++) bytes = gzipSync(bytes);
    await expect(decompressed([bytes])).rejects.toThrow('compressed more than 3 times');
  });

  it.each([
    [
      'a block that says it holds 4 GiB',
      Buffer.concat([xerial(Buffer.alloc(0)), lengthPrefixed(Buffer.from('ffffffff0f00', 'hex'))]),
    ],
    ['a block of 2 GiB', Buffer.concat([xerial(Buffer.alloc(0)), Buffer.from('7fffffff', 'hex')])],
    [
      'a block that is no snappy',
      Buffer.concat([xerial(Buffer.alloc(0)), lengthPrefixed(Buffer.from('10ff00ff00', 'hex'))]),
    ],
  ])('refuses %s', async (_name, bytes) => {
    await expect(decompressed([bytes])).rejects.toThrow(DecompressionError);
  });

  it('passes on what the source throws, behind what it gave', async () => {
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

  it('holds little of 2 GiB that 2 MiB expand to', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
    const before = process.memoryUsage().arrayBuffers;
    let most = 0;
    let length = 0;
    for await (const chunk of decompress(from(Array.from({ length: 32 }, () => bomb)))) {
      length += chunk.length;
      most = Math.max(most, process.memoryUsage().arrayBuffers - before);
    }
    expect(length).toBe(2 * 1024 * 1024 * 1024);
    expect(most).toBeLessThan(150 * 1024 * 1024);
  });

  it.each([
    ['raw deflate', deflateRawSync('{"a":1}')],
    ['the first bytes of gzip alone', Buffer.from([0x1f])],
    ['four NUL bytes', Buffer.alloc(4)],
    ['NUL bytes', Buffer.alloc(64)],
  ])('takes %s for what it is: no compression that it knows', async (_name, bytes) => {
    expect(await decompressed([bytes])).toEqual(bytes);
  });
});
