import { getEventListeners } from 'node:events';
import { gzipSync } from 'node:zlib';
import { type ReadOptions, readEvents } from '../../consumer/sources/event-reader';
import { openSource } from '../../consumer/sources/open-source';
import { s3Object } from '../../consumer/sources/s3-object';
import { SourceError } from '../../consumer/sources/source-error';
import { S3Server } from '../s3-server/s3-server';
import { readAll, sendRecord } from './read-all';

let server: S3Server;
let options: ReadOptions;
const environment = { ...process.env };

beforeAll(() => {
  process.env.AWS_ACCESS_KEY_ID = 'test';
  process.env.AWS_SECRET_ACCESS_KEY = 'test';
  process.env.AWS_EC2_METADATA_DISABLED = 'true';
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
});

afterAll(() => {
  process.env = environment;
});

beforeEach(async () => {
  server = await S3Server.start();
  options = { s3: { endpoint: server.endpoint } };
});

afterEach(() => server.close());

const lines = (...ids: string[]) => gzipSync(ids.map((id) => `${sendRecord(id)}\n`).join(''));
const gets = () => server.requests.filter(({ operation }) => operation === 'GetObject');
const key = (hour: string, name = 'a') =>
  `events/dt=2026-03-04/hour=${hour}/s-1-2026-03-04-${hour}-00-00-${name}.gz`;
const uuid = '0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f';

describe('a bucket', () => {
  it('is read in the order of its keys, with the place of each event', async () => {
    server.put('archive', key('02'), lines('c', 'd'));
    server.put('archive', key('01'), lines('a', 'b'));
    server.put('archive', 'other/x', lines('x'));
    const { ids, events, counts } = await readAll('s3://archive/events/', options);
    expect(ids).toEqual(['a', 'b', 'c', 'd']);
    expect(events[3]?.provenance).toMatchObject({
      object: `s3://archive/${key('02')}`,
      offset: sendRecord('c').length + 1,
    });
    expect(counts.objects).toBe(2);
    expect(gets()).toHaveLength(2);
  });

  it('of 10,000 keys is listed in ten pages and read in order', async () => {
    const names = Array.from({ length: 10_000 }, (_, index) => `k/${String(index).padStart(5, '0')}`);
    for (const name of names) server.put('archive', name, Buffer.from(`${sendRecord(name)}\n`));
    const uris: string[] = [];
    const source = await openSource('s3://archive/k/', options);
    for await (const { uri } of source.objects()) uris.push(uri);
    expect(uris).toEqual(names.map((name) => `s3://archive/${name}`));
    expect(server.requests.map(({ operation }) => operation)).toEqual(Array(10).fill('ListObjectsV2'));
    expect((await readAll('s3://archive/k/07', options)).ids).toEqual(names.slice(7000, 8000));
    expect(gets()).toHaveLength(1000);
  });

  it('is read at its root with the objects of Firehose only; other objects are skipped and counted', async () => {
    server.put('archive', key('01', uuid), lines('a'));
    server.put('archive', `errors/processing-failed/x-1-2026-03-04-01-00-00-${uuid}`, lines('e'));
    server.put('archive', 'athena-results/1.csv', Buffer.from('a,b'));
    server.put('archive', `parquet/s-1-2026-03-04-01-00-00-${uuid}.parquet`, Buffer.from('PAR1'));
    server.put('archive', 'events/', Buffer.alloc(0));
    const { ids, skippedObjects } = await readAll('s3://archive', options);
    expect(ids).toEqual(['e', 'a']);
    expect(skippedObjects.foreign).toBe(3);
    expect(gets()).toHaveLength(2);
  });

  it('is not listed for partitions before --since', async () => {
    for (const day of ['01', '02', '03', '04']) {
      server.put('archive', `events/dt=2026-03-${day}/hour=10/a`, lines(day));
      server.put('archive', `plain/2026/03/${day}/10/a`, lines(day));
    }
    for (const prefix of ['events', 'plain']) {
      const before = gets().length;
      const since = new Date('2026-03-03T12:00:00Z');
      const { skippedObjects, counts } = await readAll(`s3://archive/${prefix}/`, { ...options, since });
      expect(skippedObjects.beforeSince).toBe(2); // the 2nd ends more than buffering and time zones before
      expect(gets().length - before).toBe(2);
      expect(counts.objects).toBe(2);
    }
  });

  it.each([' blank', '+plus', 'per%cent', 'ümlaut/😀', "quote'&<>", 'a=b'])(
    'can have the key %j',
    async (name) => {
      server.put('archive', name, lines('a'));
      const { events } = await readAll('s3://archive/', { ...options, concurrency: 1 });
      expect(events).toHaveLength(0); // at the root, only objects with a name of Firehose are read
      const named = await readAll(`s3://archive/${name.slice(0, 1)}`, options);
      expect(named.events.map(({ provenance }) => provenance.object)).toEqual([`s3://archive/${name}`]);
    },
  );

  it('can return objects with Content-Encoding gzip', async () => {
    server.put('archive', 'a', lines('a'), { contentEncoding: 'gzip' });
    expect((await readAll('s3://archive/a', options)).ids).toEqual(['a']);
  });
});

describe('a bucket that fails', () => {
  const random = Array.from({ length: 3000 }, (_, index) => `${index}-${Math.imul(index, 2654435761)}`);

  it('is read to the end when downloads stop, from the last byte', async () => {
    const body = lines(...random);
    server.put('archive', 'a', body);
    for (const afterBytes of [10, 5000, 1]) server.fail({ kind: 'cut', operation: 'GetObject', afterBytes });
    const { ids, rejects, counts } = await readAll('s3://archive/a', options);
    expect(ids).toEqual(random);
    expect(rejects).toEqual([]);
    expect(counts.fetchedBytes).toBe(body.length);
    expect(gets().map(({ range }) => range)).toEqual([undefined, 'bytes=10-', 'bytes=5010-', 'bytes=5011-']);
  });

  it('has one unreadable object when a download stops repeatedly without a byte', async () => {
    server.put('archive', 'a', lines('a'));
    server.put('archive', 'b', lines(...random));
    server.put('archive', 'c', lines('c'));
    server.fail({ kind: 'cut', operation: 'GetObject', key: 'b', afterBytes: 10_000 });
    server.fail({ kind: 'cut', operation: 'GetObject', key: 'b', afterBytes: 0, times: 10 });
    const read = await readAll(['s3://archive/a', 's3://archive/b', 's3://archive/c'], options);
    expect(read.ids[0]).toBe('a');
    expect(read.ids.at(-1)).toBe('c');
    expect(read.rejects).toHaveLength(1);
    expect(read.rejects[0]).toMatchObject({ object: 's3://archive/b', reason: 'unreadable-object' });
    expect(read.rejects[0]?.message).toMatch(/stopped at byte 10000 of \d+/);
  });

  it('does not mix two versions of an object', async () => {
    server.put('archive', 'a', lines(...random));
    server.fail({
      kind: 'change',
      operation: 'GetObject',
      change: () => server.put('archive', 'a', lines('new')),
    });
    server.fail({ kind: 'cut', operation: 'GetObject', afterBytes: 5000 });
    const { ids, rejects } = await readAll('s3://archive/a', options);
    expect(ids).not.toContain('new');
    expect(rejects).toMatchObject([
      { reason: 'unreadable-object', message: expect.stringContaining('PreconditionFailed') },
    ]);
  });

  it('that ignores ranges is read to the end, without repeated bytes', async () => {
    const body = lines(...random);
    server.put('archive', 'a', body);
    server.ignore('range');
    for (const afterBytes of [10, 5000, 5001])
      server.fail({ kind: 'cut', operation: 'GetObject', afterBytes });
    const { ids, rejects, counts } = await readAll('s3://archive/a', options);
    expect(ids).toEqual(random);
    expect(rejects).toEqual([]);
    expect(counts.fetchedBytes).toBe(body.length);
    expect(gets().map(({ range, status }) => [range, status])).toEqual([
      [undefined, 200],
      ['bytes=10-', 200],
      ['bytes=5000-', 200],
      ['bytes=5001-', 200],
    ]);
  });

  it.each([
    ['ranges and conditions', ['range', 'if-match']],
    ['conditions', ['if-match']],
  ] as const)('that ignores %s does not mix two versions of an object either', async (_, headers) => {
    server.put('archive', 'a', lines(...random));
    server.ignore(...headers);
    const change = () => server.put('archive', 'a', lines(...random.toReversed(), 'new'));
    server.fail({ kind: 'change', operation: 'GetObject', change });
    server.fail({ kind: 'cut', operation: 'GetObject', afterBytes: 5000 });
    const { ids, rejects } = await readAll('s3://archive/a', options);
    expect(ids).toEqual(random.slice(0, ids.length));
    expect(rejects).toMatchObject([
      { reason: 'unreadable-object', message: expect.stringMatching(/^it was replaced while it was read/) },
    ]);
  });

  it('leaves no listeners on the signal, however often a download stops', async () => {
    const body = lines(...random);
    server.put('archive', 'a', body);
    server.fail({ kind: 'cut', operation: 'GetObject', afterBytes: 100, times: 30 });
    const { signal } = new AbortController();
    let bytes = 0;
    let most = 0;
    const object = s3Object({ bucket: 'archive', key: 'a', options: options.s3 ?? {} });
    for await (const chunk of object.open(signal)) {
      bytes += chunk.length;
      most = Math.max(most, getEventListeners(signal, 'abort').length);
    }
    expect(bytes).toBe(body.length);
    expect(gets()).toHaveLength(31);
    expect(most).toBeLessThanOrEqual(2); // Node warns from 11 on
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('is retried after 503 and 500', async () => {
    server.put('archive', 'a', lines('a'));
    server.fail({ kind: 'error', code: 'SlowDown', operation: 'GetObject' });
    server.fail({ kind: 'error', code: 'InternalError', operation: 'ListObjectsV2', times: 2 });
    expect((await readAll('s3://archive/a', options)).ids).toEqual(['a']);
  });

  it('has one reject for an archived or deleted object, and its neighbors are read', async () => {
    server.put('archive', 'k1', lines('a'));
    server.put('archive', 'k2', lines('b'), { storageClass: 'GLACIER' });
    server.put('archive', 'k3', lines('c'));
    server.put('archive', 'k4', lines('d'));
    server.fail({ kind: 'change', operation: 'ListObjectsV2', change: () => server.remove('archive', 'k3') });
    const { ids, rejects } = await readAll('s3://archive/k', options);
    expect(ids).toEqual(['a', 'd']);
    expect(rejects.map(({ object, reason, message }) => [object, reason, message.split(':')[0]])).toEqual([
      ['s3://archive/k2', 'unreadable-object', 'InvalidObjectState'],
      ['s3://archive/k3', 'unreadable-object', 'NoSuchKey'],
    ]);
  });

  it.each([
    ['denied', /cannot list s3:\/\/denied\/: AccessDenied: allow s3:ListBucket/],
    ['missing', /cannot list s3:\/\/missing\/: NoSuchBucket: check the name of the bucket/],
  ])('fails with advice: %s', async (bucket, message) => {
    server.put('denied', 'a', lines('a'));
    server.deny('denied');
    const reading = readAll(`s3://${bucket}/`, options);
    await expect(reading).rejects.toThrow(SourceError);
    await expect(reading).rejects.toThrow(message);
  });

  it('fails with advice when the connection is refused', async () => {
    const reading = readAll('s3://archive/', { s3: { endpoint: 'http://127.0.0.1:1' } });
    await expect(reading).rejects.toThrow(/cannot list s3:\/\/archive\/: ECONNREFUSED: check the endpoint/);
  });

  it('is closed when the caller stops reading', async () => {
    for (let i = 0; i < 8; i++) server.put('archive', `k${i}`, lines(...random));
    for await (const { event } of readEvents('s3://archive/k', options)) {
      expect(event.eventType).toBe('Send');
      break;
    }
    expect(gets().length).toBeLessThanOrEqual(5);
  });
});
