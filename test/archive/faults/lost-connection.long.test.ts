import { setTimeout } from 'node:timers/promises';
import { sampleObjects } from '../../../consumer/sample';
import { Random } from '../../../consumer/sample/seed/random';
import { S3Server } from '../../s3-server/s3-server';
import type { ArchiveContents } from './archive-contents';
import { ending, FaultyArchive, until } from './faulty-archive';
import { isFull, scaled, seeds } from './scale';

const objects = [...sampleObjects({ events: scaled(600, 5_000), seed: 4, eventsPerObject: 50 })];
const source = 's3://mail/';
const uriOf = (key: string) => `s3://mail/${key}`;
const lastKey =
  objects
    .map(({ key }) => key)
    .sort()
    .at(-1) ?? '';

let server: S3Server;
let expected: ArchiveContents;

/** A server with the objects, optionally at the port of an earlier one. */
async function start(port?: number): Promise<S3Server> {
  const started = await S3Server.start({ ...(port !== undefined && { port }) });
  for (const { key, bytes } of objects) started.put('mail', key, bytes);
  return started;
}

function archiveOfServer(): FaultyArchive {
  return new FaultyArchive([source], ['--endpoint', server.endpoint, '--batch-objects', '4']);
}

beforeAll(async () => {
  server = await start();
  expected = await archiveOfServer().undisturbed();
  await server.close();
});

beforeEach(async () => {
  server = await start();
});

afterEach(() => server.close());

/** The objects that a rerun must read, because the archive does not contain them. */
async function expectCompletionOfTheRest(archive: FaultyArchive, history?: unknown): Promise<void> {
  const kept = await archive.objects();
  const before = server.requests.length;
  await archive.expectCompletion(expected, history);
  const fetched = server.requests.slice(before).filter(({ operation }) => operation === 'GetObject');
  const all = objects.map(({ key }) => uriOf(key));
  expect([...kept, ...fetched.map(({ key = '' }) => uriOf(key))].sort()).toEqual(all.sort());
}

describe('an ingest from S3', () => {
  it.each(seeds)('resumes downloads that stop at random bytes (seed %i)', async (seed) => {
    const random = new Random(seed, 2);
    for (const { key, bytes } of random.shuffled(objects).slice(0, objects.length / 2)) {
      for (let times = random.integer(1, 3); times > 0; times--)
        server.fail({
          kind: 'cut',
          key,
          operation: 'GetObject',
          afterBytes: random.integer(0, bytes.length - 1),
        });
    }
    await archiveOfServer().expectCompletion(expected, { seed });
  });

  it('retries after SlowDown and after server errors', async () => {
    server.fail({ kind: 'error', code: 'SlowDown', after: 5, times: 2 });
    server.fail({ kind: 'error', code: 'InternalError', operation: 'ListObjectsV2' });
    await archiveOfServer().expectCompletion(expected);
  });

  it('reports an object whose download always stops, and ingests nothing of it', async () => {
    const archive = archiveOfServer();
    server.fail({ kind: 'cut', key: lastKey, operation: 'GetObject', afterBytes: 40 });
    server.fail({ kind: 'cut', key: lastKey, operation: 'GetObject', afterBytes: 0, times: 4 });
    const { code, stderr } = await archive.ingest();
    expect(code).toBe(1);
    expect(stderr).toContain(`${uriOf(lastKey)} could not be read: the download stopped at byte 40 of `);
    expect(stderr).toMatch(/ 1 failed; .*\nrun the same command again to read the failed objects\n$/);
    const others = objects.map(({ key }) => uriOf(key)).filter((uri) => uri !== uriOf(lastKey));
    expect(await archive.objects()).toEqual(others.sort());
    expect(await archive.faults()).toEqual([]);
    await expectCompletionOfTheRest(archive);
  });

  it('fails after too many SlowDown responses, and keeps the ingested objects', async () => {
    const archive = archiveOfServer();
    server.fail({ kind: 'error', code: 'SlowDown', operation: 'GetObject', key: lastKey, times: 3 });
    const { code, stderr } = await archive.ingest();
    expect([code, stderr]).toEqual([
      1,
      `error: cannot read ${uriOf(lastKey)}: SlowDown: too many requests: try again later\n`,
    ]);
    expect(await archive.objects()).toHaveLength(objects.length - 1);
    expect(await archive.faults()).toEqual([]);
    await expectCompletionOfTheRest(archive);
  });

  it('fails when the listing fails', async () => {
    const archive = archiveOfServer();
    await server.close();
    const { code, stderr } = await archive.ingest();
    expect([code, stderr]).toEqual([
      1,
      `error: cannot list ${source}: ECONNREFUSED: check the endpoint: it refused the connection\n`,
    ]);
    server = await start(server.port);
    await archive.expectCompletion(expected);
  });

  it.each(seeds.flatMap((seed) => (isFull ? [0.1, 0.5, 0.9] : [0.5]).map((part) => [part, seed] as const)))(
    'fails when the server stops after %d of the requests, and is completed when it is back (seed %i)',
    async (part, seed) => {
      const archive = archiveOfServer();
      const requests = Math.floor(objects.length * part) + new Random(seed, 3).integer(0, 3);
      const child = archive.start();
      const stderr = child.stderr.setEncoding('utf8').toArray();
      await until(child, () => server.requests.length >= requests);
      await server.close();
      expect(await ending(child)).toBe(1);
      expect((await stderr).join('')).toMatch(
        /^error: cannot read s3:\/\/mail\/\S+: ECONN(REFUSED|RESET)\b.*\n$/,
      );
      expect(await archive.faults()).toEqual([]);
      server = await start(server.port);
      await expectCompletionOfTheRest(archive, { seed });
    },
  );

  it('fails or continues when the server is unavailable for a moment, and is completed by the next ingest', async () => {
    const archive = archiveOfServer();
    const child = archive.start();
    await until(child, () => server.requests.length >= 10);
    await server.close();
    await setTimeout(50);
    server = await start(server.port);
    expect([0, 1]).toContain(await ending(child));
    expect(await archive.faults()).toEqual([]);
    await archive.expectCompletion(expected);
  });
});
