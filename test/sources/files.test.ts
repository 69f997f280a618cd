import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { type ReadOptions, RejectedRecordError, readEvents } from '../../consumer/sources/event-reader';
import { openSource } from '../../consumer/sources/open-source';
import type { Source } from '../../consumer/sources/source';
import { SourceError } from '../../consumer/sources/source-error';
import { streamSource } from '../../consumer/sources/standard-input';
import { readAll, sendRecord } from './read-all';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ses-events-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

function put(name: string, ...ids: string[]): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, ids.map((id) => `${sendRecord(id)}\n`).join(''));
  return path;
}

describe('a directory', () => {
  it('is read with everything below it, in the order of the paths', async () => {
    put('b/2', 'c');
    put('a', 'a');
    put('b/1', 'b');
    const { ids, events } = await readAll(folder);
    expect(ids).toEqual(['a', 'b', 'c']);
    expect(events[1]?.provenance.object).toBe(join(folder, 'b/1'));
  });

  it('may hold hidden files, which are passed over and counted', async () => {
    put('a', 'a');
    put('.DS_Store', 'x');
    put('.git/x', 'y');
    const { ids, leftOut } = await readAll(folder);
    expect(ids).toEqual(['a']);
    expect(leftOut.foreign).toBe(2);
  });

  it('of partitions is read from since on', async () => {
    put('events/dt=2026-03-01/hour=00/a', 'a');
    put('events/dt=2026-03-04/hour=05/b', 'b');
    const { ids, leftOut } = await readAll(folder, { since: new Date('2026-03-04') });
    expect(ids).toEqual(['b']);
    expect(leftOut.beforeSince).toBe(1);
  });

  it('may lie below a folder that looks like a partition', async () => {
    put('dt=2024-01-01/copy/2026/03/04/09/x', 'a');
    const { ids } = await readAll(join(folder, 'dt=2024-01-01/copy'), { since: new Date('2026-01-01') });
    expect(ids).toEqual(['a']);
  });

  it('may be empty', async () => {
    expect((await readAll(folder)).counts.objects).toBe(0);
  });
});

describe('a name', () => {
  it('may be a file, a glob, or several of them', async () => {
    const [a, b, c] = [put('a.x', 'a'), put('b.x', 'b'), put('c.y', 'c')];
    expect((await readAll(a)).ids).toEqual(['a']);
    expect((await readAll(join(folder, '*.x'))).ids).toEqual(['a', 'b']);
    expect((await readAll([c, b])).ids).toEqual(['c', 'b']);
  });

  it('may be that of a file that looks like a glob', async () => {
    expect((await readAll(put('a[1]*', 'a'))).ids).toEqual(['a']);
  });

  it.each([
    [
      'no-such-file',
      /no such file or directory: .*; name a file, a directory, a glob, s3:\/\/bucket\/prefix or -/,
    ],
    ['*.nothing', /no file matches .*: check the pattern/],
  ])('that leads nowhere says what to do: %s', async (name, message) => {
    await expect(openSource(join(folder, name))).rejects.toThrow(SourceError);
    await expect(openSource(join(folder, name))).rejects.toThrow(message);
  });

  it('that is half an S3 address says what to write', async () => {
    await expect(openSource('s3:/bucket/prefix')).rejects.toThrow(
      'invalid S3 address s3:/bucket/prefix: write s3://bucket/prefix',
    );
  });
});

describe('a stream', () => {
  it('is one object called -', async () => {
    const chunks = [gzipSync(`${sendRecord('a')}\n${sendRecord('b')}`)];
    const { ids, events } = await readAll(streamSource(Readable.from(chunks)));
    expect(ids).toEqual(['a', 'b']);
    expect(events[0]?.provenance.object).toBe('-');
  });

  it('that fails ends the reading with its error', async () => {
    const failing = async function* () {
      yield Buffer.from(`${sendRecord('a')}\n`);
      throw new Error('pipe burst');
    };
    await expect(readAll(streamSource(failing()))).rejects.toThrow('pipe burst');
  });
});

describe('a reader', () => {
  const many = () =>
    streamSource(Readable.from(Array.from({ length: 50 }, (_, i) => Buffer.from(`${sendRecord(`${i}`)}\n`))));

  it('answers calls of next that do not wait for one another, in their order', async () => {
    const iterator = readEvents(many())[Symbol.asyncIterator]();
    const answers = await Promise.all(Array.from({ length: 60 }, () => iterator.next()));
    const ids = answers.map(({ value }) => value?.event.mail.messageId);
    expect(ids.slice(0, 50)).toEqual(Array.from({ length: 50 }, (_, i) => `${i}`));
    expect(answers.slice(50).every(({ done }) => done === true)).toBe(true);
  });

  it.each([
    ['is left', {}, `${sendRecord('a')}\n`],
    ['meets a reject and is strict', { strict: true }, `text\n${sendRecord('a')}\n`],
  ])('that %s lets a silent pipe go at once', async (_name, options, content) => {
    const pipe = new PassThrough();
    pipe.write(content);
    const reading = (async () => {
      for await (const _ of readEvents(streamSource(pipe), options)) break;
    })();
    await reading.catch((error) => expect(error).toBeInstanceOf(RejectedRecordError));
    expect(pipe.destroyed).toBe(true);
  });

  it('hands an object on before the next one is listed', async () => {
    const endless: Source = {
      leftOut: { foreign: 0, beforeSince: 0 },
      async *objects() {
        yield* many().objects();
        await new Promise(() => {});
      },
    };
    for await (const { event } of readEvents(endless)) {
      expect(event.eventType).toBe('Send');
      break;
    }
  });

  it('hands on what was listed before the listing fails', async () => {
    put('a', 'a');
    const seen: string[] = [];
    const failing: Source = {
      leftOut: { foreign: 0, beforeSince: 0 },
      async *objects() {
        for (let i = 0; i < 5; i++) yield* (await openSource(folder)).objects();
        throw new Error('listing failed');
      },
    };
    const reading = (async () => {
      for await (const { event } of readEvents(failing)) seen.push(event.eventType);
    })();
    await expect(reading).rejects.toThrow('listing failed');
    expect(seen).toHaveLength(5);
  });

  it.each([[{ kinds: ['send'] }], [{ since: new Date('garbage') }]])(
    'refuses the filter %j, which nothing could pass',
    async (filter) => {
      await expect(readAll(put('a', 'a'), filter as ReadOptions)).rejects.toThrow(TypeError);
    },
  );
});

describe('what cannot be read', () => {
  it('is one reject for a link that leads nowhere, and its neighbours are read', async () => {
    put('a', 'a');
    symlinkSync(join(folder, 'gone'), join(folder, 'b'));
    put('c', 'c');
    const { ids, rejects } = await readAll(folder);
    expect(ids).toEqual(['a', 'c']);
    expect(rejects).toMatchObject([
      { reason: 'unreadable-object', length: 0, message: expect.stringMatching(/^ENOENT: /) },
    ]);
  });

  it('ends the reading at once when strict, with where and why', async () => {
    writeFileSync(join(folder, 'a'), `${sendRecord('a')}\nnot json\n${sendRecord('b')}\n`);
    const seen: string[] = [];
    const reading = (async () => {
      for await (const { event } of readEvents(folder, { strict: true })) seen.push(event.eventType);
    })();
    await expect(reading).rejects.toThrow(RejectedRecordError);
    await expect(reading).rejects.toThrow(
      `${join(folder, 'a')} byte ${sendRecord('a').length + 1}: not-json`,
    );
    expect(seen).toEqual(['Send']);
  });

  it('gives what came before a cut in a compressed file, and one reject', async () => {
    const ids = Array.from({ length: 2000 }, (_, index) => `${index}-${Math.imul(index, 2654435761)}`);
    const whole = gzipSync(ids.map((id) => `${sendRecord(id)}\n`).join(''));
    const middle = Math.floor(whole.length / 2);
    writeFileSync(join(folder, 'cut'), whole.subarray(0, middle));
    const flipped = Buffer.from(whole).fill(0xff, middle, middle + 40);
    writeFileSync(join(folder, 'flipped'), flipped);
    writeFileSync(join(folder, 'twice'), gzipSync(flipped));
    const once = await readAll(streamSource(Readable.from([flipped])));
    expect(once.ids.length).toBeGreaterThan(500);
    for (const name of ['cut', 'flipped', 'twice']) {
      const read = await readAll(join(folder, name));
      expect(read.ids.length).toBeGreaterThan(700);
      expect(read.ids).toEqual(ids.slice(0, read.ids.length));
      expect(read.rejects.at(-1)?.reason).toBe('damaged-compression');
    }
  });
});
