import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import type { ReadEvent } from '../../consumer/records/outcome';
import { type ReadOptions, RejectedRecordError, readEvents } from '../../consumer/sources/event-reader';
import { openSource } from '../../consumer/sources/open-source';
import type { Source } from '../../consumer/sources/source';
import { streamSource } from '../../consumer/sources/standard-input';
import { readAll, sendRecord } from './read-all';
import { useRecordFolder } from './record-folder';

const folder = useRecordFolder();

describe('a reader', () => {
  const many = () =>
    streamSource(Readable.from(Array.from({ length: 50 }, (_, i) => Buffer.from(`${sendRecord(`${i}`)}\n`))));

  it('resolves concurrent calls of next in order', async () => {
    const iterator = readEvents(many())[Symbol.asyncIterator]();
    const answers = await Promise.all(Array.from({ length: 60 }, () => iterator.next()));
    const ids = answers.map(({ value }) => value?.event.mail.messageId);
    expect(ids.slice(0, 50)).toEqual(Array.from({ length: 50 }, (_, i) => `${i}`));
    expect(answers.slice(50).every(({ done }) => done === true)).toBe(true);
  });

  it.each([
    ['is stopped', {}, `${sendRecord('a')}\n`],
    ['finds a reject in strict mode', { strict: true }, `text\n${sendRecord('a')}\n`],
  ])('that %s closes an idle pipe at once', async (_name, options, content) => {
    const pipe = new PassThrough();
    pipe.write(content);
    const reading = (async () => {
      for await (const _ of readEvents(streamSource(pipe), options)) break;
    })();
    await reading.catch((error) => expect(error).toBeInstanceOf(RejectedRecordError));
    expect(pipe.destroyed).toBe(true);
  });

  it('returns an object before the next one is listed', async () => {
    const endless: Source = {
      skippedObjects: { foreign: 0, beforeSince: 0 },
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

  it('returns the objects listed before the listing fails', async () => {
    folder.put('a', 'a');
    const seen: string[] = [];
    const failing: Source = {
      skippedObjects: { foreign: 0, beforeSince: 0 },
      async *objects() {
        for (let i = 0; i < 5; i++) yield* (await openSource(folder.path)).objects();
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
    'rejects the filter %j, which matches nothing',
    async (filter) => {
      await expect(readAll(folder.put('a', 'a'), filter as ReadOptions)).rejects.toThrow(TypeError);
    },
  );
});

describe('batches', () => {
  const record = (id: string) => `${sendRecord(id)}\n`;
  /** Two events around a text that is not a record. */
  const damaged = (id: string) => Buffer.from(`${record(id)}text\n${record(`${id} again`)}`);
  const idsOf = (batch: readonly ReadEvent[]) =>
    batch.map(({ event }) => (event.eventType === 'Unknown' ? '' : event.mail.messageId));

  it.each<[string, ReadOptions]>([
    ['all', {}],
    ['a kind', { kinds: ['Send'] }],
    ['no kind', { kinds: ['Bounce'] }],
    ['a time range', { since: new Date('2100-01-01') }],
  ])('have the events of %s in the order of the reader, and its counts', async (_name, options) => {
    for (const name of ['one', 'two', 'three'])
      folder.put(name, `${record(name)}text\n${record(`${name} again`)}`);
    const alone = await readAll(folder.path, options);
    const rejects: string[] = [];
    const reader = readEvents(folder.path, { ...options, onReject: ({ object }) => rejects.push(object) });
    const batches: ReadEvent[][] = [];
    for await (const batch of reader.batches()) batches.push(batch);
    expect(batches.flat().map(({ id }) => id)).toEqual(alone.events.map(({ id }) => id));
    expect(reader.counts).toEqual(alone.counts);
    expect(rejects).toEqual(alone.rejects.map(({ object }) => object));
    expect(batches).not.toContainEqual([]);
  });

  it('end with the events before a reject in strict mode', async () => {
    const found: string[] = [];
    const reading = (async () => {
      const reader = readEvents(streamSource(Readable.from([damaged('a')])), { strict: true });
      for await (const batch of reader.batches()) found.push(...idsOf(batch));
    })();
    await expect(reading).rejects.toThrow(RejectedRecordError);
    expect(found).toEqual(['a']);
  });

  it('of a pipe do not wait for more bytes, and close it when they are stopped', async () => {
    const pipe = new PassThrough();
    pipe.write(record('a'));
    for await (const batch of readEvents(streamSource(pipe)).batches()) {
      expect(idsOf(batch)).toEqual(['a']);
      break;
    }
    expect(pipe.destroyed).toBe(true);
  });
});

describe('unreadable input', () => {
  it('is one reject for a broken link, and its neighbors are read', async () => {
    folder.put('a', 'a');
    symlinkSync(join(folder.path, 'gone'), join(folder.path, 'b'));
    folder.put('c', 'c');
    const { ids, rejects } = await readAll(folder.path);
    expect(ids).toEqual(['a', 'c']);
    expect(rejects).toMatchObject([
      { reason: 'unreadable-object', length: 0, message: expect.stringMatching(/^ENOENT: /) },
    ]);
  });

  it('ends the reading at once in strict mode, with place and reason', async () => {
    writeFileSync(join(folder.path, 'a'), `${sendRecord('a')}\nnot json\n${sendRecord('b')}\n`);
    const seen: string[] = [];
    const reading = (async () => {
      for await (const { event } of readEvents(folder.path, { strict: true })) seen.push(event.eventType);
    })();
    await expect(reading).rejects.toThrow(RejectedRecordError);
    await expect(reading).rejects.toThrow(
      `${join(folder.path, 'a')} byte ${sendRecord('a').length + 1}: not-json`,
    );
    expect(seen).toEqual(['Send']);
  });

  it('returns the events before the end of a truncated compressed file, and one reject', async () => {
    const ids = Array.from({ length: 2000 }, (_, index) => `${index}-${Math.imul(index, 2654435761)}`);
    const whole = gzipSync(ids.map((id) => `${sendRecord(id)}\n`).join(''));
    const middle = Math.floor(whole.length / 2);
    writeFileSync(join(folder.path, 'cut'), whole.subarray(0, middle));
    const flipped = Buffer.from(whole).fill(0xff, middle, middle + 40);
    writeFileSync(join(folder.path, 'flipped'), flipped);
    writeFileSync(join(folder.path, 'twice'), gzipSync(flipped));
    const once = await readAll(streamSource(Readable.from([flipped])));
    expect(once.ids.length).toBeGreaterThan(500);
    for (const name of ['cut', 'flipped', 'twice']) {
      const read = await readAll(join(folder.path, name));
      expect(read.ids.length).toBeGreaterThan(700);
      expect(read.ids).toEqual(ids.slice(0, read.ids.length));
      expect(read.rejects.at(-1)?.reason).toBe('damaged-compression');
    }
  });
});
