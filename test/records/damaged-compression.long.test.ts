import { createHash } from 'node:crypto';
import { constants, gunzipSync, gzipSync } from 'node:zlib';
import { ObjectReader } from '../../consumer/records/object-reader';
import { openObject } from '../../consumer/sources/open-object';
import { readObject } from '../../consumer/sources/read-object';
import { sendRecord } from '../sources/read-all';
import { compressions, hadoop } from './compressions';
import { zip } from './zip-archive';

const digest = (text: string) => createHash('sha256').update(text).digest('hex');
const records = (count: number) =>
  Array.from({ length: count }, (_, index) => sendRecord(digest(`${index}`)));
const lines = (count: number) =>
  Buffer.from(
    records(count)
      .map((text) => `${text}\n`)
      .join(''),
  );

interface Read {
  events: string[];
  rejects: { reason: string; message: string }[];
}

/** Reads an object like a file, again after damage, or like standard input, once. */
async function read(bytes: Buffer, readsOnce = false, chunkBytes = 64 * 1024): Promise<Read> {
  const reader = new ObjectReader('object');
  const result: Read = { events: [], rejects: [] };
  const opened = openObject({
    uri: 'object',
    readsOnce,
    open: async function* () {
      for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
    },
  });
  for await (const batch of readObject(reader, opened)) {
    for (const outcome of batch) {
      if (outcome.outcome === 'event') result.events.push(Buffer.from(outcome.raw).toString());
      if (outcome.outcome === 'reject') result.rejects.push(outcome);
    }
  }
  return result;
}

function flipped(bytes: Buffer, bit: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[bit >> 3] = (copy[bit >> 3] as number) ^ (1 << (bit & 7));
  return copy;
}

const compressed = compressions.filter(([name]) => name !== 'nothing');

describe('a damaged compressed object', () => {
  const whole = records(2);

  it.each(compressed)('is always reported, wherever bytes in %s are cut off', async (_name, compress) => {
    const bytes = compress(lines(2));
    for (let length = 1; length < bytes.length; length++) {
      const { events, rejects } = await read(bytes.subarray(0, length));
      if (rejects.length === 0) expect({ length, events }).toEqual({ length, events: whole });
    }
  });

  it.each(compressed)('is always reported, whichever bit in %s is flipped', async (name, compress) => {
    const bytes = compress(lines(2));
    // Snappy's blocks have no checksum: a flipped letter of a record is not noticed, but no record is lost.
    const hasChecksum = !/^(snappy-java|Hadoop)/.test(name);
    const step = Math.max(1, Math.floor((bytes.length * 8) / 150) | 1); // odd: each bit of a byte in turn
    for (let bit = 0; bit < bytes.length * 8; bit += step) {
      const { events, rejects } = await read(flipped(bytes, bit));
      if (rejects.length > 0) continue;
      if (hasChecksum) expect({ bit, events }).toEqual({ bit, events: whole });
      else expect({ bit, count: events.length }).toEqual({ bit, count: whole.length });
    }
  });

  it.each(compressed)(
    'is read completely without a reject when %s is not damaged',
    async (_name, compress) => {
      for (const once of [false, true])
        expect(await read(compress(lines(50)), once)).toEqual({ events: records(50), rejects: [] });
    },
  );

  it.each(compressed)('returns the readable records before text that follows %s', async (_name, compress) => {
    for (const once of [false, true]) {
      const { events, rejects } = await read(
        Buffer.concat([compress(lines(50)), Buffer.from('text after it')]),
        once,
      );
      expect(events).toEqual(records(50));
      expect(rejects).toMatchObject([{ reason: 'damaged-compression' }]);
    }
  });
});

describe('complete records before damage', () => {
  const count = 400;
  const bytes = gzipSync(lines(count));

  /** The complete lines that zlib decompresses before the damage. */
  function readable(prefix: Buffer): string[] {
    const text = gunzipSync(prefix, { finishFlush: constants.Z_SYNC_FLUSH }).toString();
    return text.split('\n').slice(0, -1);
  }

  const places = Array.from({ length: 6 }, (_, index) => Math.floor((bytes.length * (index + 1)) / 7));

  it.each([
    ['a file', false, 256 * 1024],
    ['a file in small chunks', false, 1000],
    ['standard input', true, 64 * 1024],
    ['standard input in small chunks', true, 100],
  ])('are all read from %s', async (_name, once, chunkBytes) => {
    for (const place of places) {
      const damaged = Buffer.from(bytes).fill(0xff, place, place + 40);
      const { events, rejects } = await read(damaged, once, chunkBytes);
      const expected = readable(bytes.subarray(0, place));
      expect(events.slice(0, expected.length)).toEqual(expected);
      expect(rejects.at(-1)?.reason).toBe('damaged-compression');
    }
  });

  it.each([false, true])('are all read from snappy blocks in a truncated gzip (once: %s)', async (once) => {
    const block = hadoop(lines(count));
    const around = gzipSync(block);
    const cut = around.subarray(0, Math.floor(around.length * 0.8));
    const { events, rejects } = await read(cut, once);
    expect(events.length).toBeGreaterThan(count * 0.7);
    expect(events).toEqual(records(count).slice(0, events.length));
    expect(rejects).toMatchObject([{ reason: 'damaged-compression', message: /^gzip: / }]);
  });

  it.each([false, true])(
    'are all read before a byte that cannot start a gzip member (once: %s)',
    async (once) => {
      for (const chunkBytes of [bytes.length + 1, 1000]) {
        const { events, rejects } = await read(
          Buffer.concat([bytes, Buffer.of(0x1f, 0, 0)]),
          once,
          chunkBytes,
        );
        expect(events).toEqual(records(count));
        expect(rejects).toMatchObject([{ message: 'gzip: incorrect header check' }]);
      }
    },
  );
});

describe('a zip', () => {
  const archive = zip([lines(3)]);
  const patched = (at: number, value: number, of: Buffer = archive) => {
    const copy = Buffer.from(of);
    copy[at] = value;
    return copy;
  };
  const directoryAt = archive.indexOf('PK\x01\x02');

  it.each<[string, Buffer, string, number]>([
    ['is encrypted', patched(6, 1), 'zip: an entry is encrypted, which is not supported', 0],
    [
      'has an unsupported method',
      patched(8, 14),
      'zip: an entry has compression method 14 (supported: 0 and 8)',
      0,
    ],
    [
      'has a wrong checksum',
      patched(14, 0),
      'zip: an entry is damaged or cut off: its checksum or size does not match',
      3,
    ],
    ['has no directory', archive.subarray(0, directoryAt), 'zip: the archive ends without its end record', 3],
    [
      'has a wrong entry in its directory',
      patched(directoryAt + 16, 0),
      'zip: the directory does not match the entries',
      3,
    ],
    ['has no end record', archive.subarray(0, -22), 'zip: the archive ends without its end record', 3],
    [
      'lacks an entry that its directory lists',
      Buffer.concat([
        archive.subarray(0, directoryAt),
        archive.subarray(directoryAt, -22),
        archive.subarray(directoryAt),
      ]),
      'zip: the directory does not match the entries',
      3,
    ],
    [
      'is followed by text',
      Buffer.concat([archive, Buffer.from('text')]),
      'zip: there is other data after the archive',
      3,
    ],
  ])('that %s reports it, after the readable records', async (_name, bytes, message, events) => {
    const result = await read(bytes);
    expect(result.events).toEqual(records(3).slice(0, events));
    expect(result.rejects).toMatchObject([{ reason: 'damaged-compression', message }]);
  });

  it('can have a comment, empty entries, and zip signatures in its data', async () => {
    const comment = zip([lines(2)], { comment: 'written by hand' });
    expect(await read(comment)).toEqual({ events: records(2), rejects: [] });
    expect(await read(zip([Buffer.alloc(0), lines(2), Buffer.alloc(0)]))).toEqual({
      events: records(2),
      rejects: [],
    });
    const marked = Buffer.from('PK\x07\x08 PK\x07\x08PPK\x07\n'.repeat(5));
    const { rejects } = await read(zip([marked], { method: 'stored', descriptor: 'signed' }));
    expect(rejects.map(({ reason }) => reason)).toEqual(Array(5).fill('not-json'));
  });
});
