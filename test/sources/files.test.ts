import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { RejectedRecordError, readEvents } from '../../consumer/sources/event-reader';
import { openSource } from '../../consumer/sources/open-source';
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
    for (const name of ['cut', 'flipped']) {
      const read = await readAll(join(folder, name));
      expect(read.ids.length).toBeGreaterThan(700);
      expect(read.ids).toEqual(ids.slice(0, read.ids.length));
      expect(read.rejects.at(-1)?.reason).toBe('damaged-compression');
    }
  });
});
