import { gzipSync } from 'node:zlib';
import { type ArchivePlace, archivePlace } from '../../../consumer/doctor/places/archive-place';
import { Watch } from '../../../consumer/doctor/send/watch';
import { sendText } from '../../cli/records';
import { fixture as eventFixture } from '../../fixtures/load';
import { useSdkFixture } from '../../s3-server/sdk-fixture';
import { stream } from '../healthy';

const fixture = useSdkFixture();
const archive = archivePlace(stream) as ArchivePlace; // it delivers to S3
const folder = 'events/dt=2026-11-25/hour=10';
const message = { id: 'm1', kinds: ['Send', 'Delivery'] as const };
const oneMinute = 60_000;

function deliveryText(messageId: string): string {
  const event = eventFixture('delivery', 'minimal') as { mail: object }; // from our fixtures
  return JSON.stringify({ ...event, mail: { ...event.mail, messageId } });
}

const put = (key: string, ...texts: string[]) =>
  fixture.server.put('archive', key, gzipSync(texts.map((text) => `${text}\n`).join('')));

const start = () =>
  Watch.start({ s3: fixture.client, s3Options: { endpoint: fixture.server.endpoint } }, archive);

beforeEach(() => {
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'any', AWS_SECRET_ACCESS_KEY: 'any' });
});

describe('waiting for the events of a message', () => {
  it('ends when all have arrived, in any objects', async () => {
    const watch = await start();
    put(`${folder}/a`, sendText('m1'), sendText('m2'));
    put(`${folder}/b`, deliveryText('m1'));
    expect(await watch.wait(message, oneMinute, new AbortController().signal)).toBe(true);
    expect([...watch.arrivals.kinds].sort()).toEqual(['Delivery', 'Send']);
    expect(watch.arrivals.isError).toBe(false);
  });

  it('continues while one is missing, and reads each object once', async () => {
    const watch = await start();
    put(`${folder}/a`, sendText('m1'));
    fixture.server.fail({
      kind: 'change',
      operation: 'GetObject',
      change: () => put('events/dt=2026-11-25/hour=11/b', deliveryText('m1')),
    });
    expect(await watch.wait(message, oneMinute, new AbortController().signal)).toBe(true);
    const read = fixture.server.requests.filter(({ operation }) => operation === 'GetObject');
    expect(read.map(({ key }) => key)).toEqual([`${folder}/a`, 'events/dt=2026-11-25/hour=11/b']);
  });

  it('ignores existing objects', async () => {
    put(`${folder}/a`, sendText('m1'), deliveryText('m1'));
    const watch = await start();
    expect(await watch.wait(message, 0, new AbortController().signal)).toBe(false);
    expect(watch.arrivals.kinds.size).toBe(0);
  });

  it('ignores events of other messages', async () => {
    const watch = await start();
    put(`${folder}/a`, sendText('m2'), deliveryText('m2'));
    expect(await watch.wait(message, 0, new AbortController().signal)).toBe(false);
  });

  it('finds them below the errors prefix', async () => {
    const watch = await start();
    const rawData = Buffer.from(`${sendText('m1')}\n${deliveryText('m1')}\n`).toString('base64');
    const error = { attemptsMade: 4, errorCode: 'x', errorMessage: 'y', attemptEndingTimestamp: 1 };
    put('errors/processing-failed/a', JSON.stringify({ ...error, arrivalTimestamp: 1, rawData }));
    expect(await watch.wait(message, oneMinute, new AbortController().signal)).toBe(true);
    expect(watch.arrivals.isError).toBe(true);
  });

  it('ends when it is aborted', async () => {
    const watch = await start();
    const abort = new AbortController();
    const waiting = watch.wait(message, oneMinute, abort.signal);
    abort.abort();
    expect(await waiting).toBe(false);
  });

  // Each request is tried three times.
  it.each([
    ['listed', 'ListObjectsV2', 6],
    ['read', 'GetObject', 3],
  ] as const)('continues after the bucket could not be %s', async (_, operation, times) => {
    const watch = await start();
    put(`${folder}/a`, sendText('m1'), deliveryText('m1'));
    fixture.server.fail({ kind: 'error', code: 'InternalError', operation, times });
    expect(await watch.wait(message, oneMinute, new AbortController().signal)).toBe(true);
  });
});
