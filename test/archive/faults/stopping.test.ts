import { existsSync, statSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { Random } from '../../../consumer/sample/seed/random';
import { pressCtrlC } from '../../cli/press-ctrl-c';
import { sendText } from '../../cli/records';
import { S3Server } from '../../s3-server/s3-server';
import type { ArchiveContents } from './archive-contents';
import { ending, FaultyArchive, until } from './faulty-archive';
import { ObjectsFolder } from './objects-folder';
import { scaled, seeds } from './scale';

const objects = ObjectsFolder.sample({ events: scaled(2_000, 6_000), seed: 6 });
const smallBatches = ['--batch-objects', '4'];
const stoppingLine = '\nstopping; press Ctrl-C again to stop at once\n';

let expected: ArchiveContents;
let duration: number;

beforeAll(async () => {
  const started = performance.now();
  expected = await new FaultyArchive([objects.path], smallBatches).undisturbed();
  duration = performance.now() - started;
});

/** Whether a first batch was committed, judging from the files. */
function hasCommitted({ path }: FaultyArchive): boolean {
  const log = statSync(`${path}.wal`, { throwIfNoEntry: false });
  return existsSync(path) && (log?.size ?? 0) > 50_000;
}

describe('Ctrl-C', () => {
  it('ends an ingest after the current batch, with counts that match the archive', async () => {
    const archive = new FaultyArchive([objects.path], smallBatches);
    const child = archive.start();
    const stderr = child.stderr.setEncoding('utf8').toArray();
    await until(child, () => hasCommitted(archive));
    child.kill('SIGINT');
    expect(await ending(child)).toBe(130);
    const told = (await stderr).join('');
    expect(told.startsWith(stoppingLine)).toBe(true);
    const line = /^ingested ([\d,]+) records: .* new events, .*; (\d+) objects[,;].*\n$/.exec(
      told.slice(stoppingLine.length),
    );
    const found = await archive.objects();
    expect(found.length).toBeGreaterThan(0);
    expect(found.length).toBeLessThan(expected.objects.length);
    expect(Number(line?.[2])).toBe(found.length);
    expect(await archive.faults()).toEqual([]);
    expect(archive.files).toEqual(['mail.duckdb']);
    await archive.expectCompletion(expected);
  });

  it('after the summary has no effect', async () => {
    const archive = new FaultyArchive([objects.path], smallBatches);
    const child = archive.start();
    let pressing: NodeJS.Timeout | undefined;
    child.stderr.setEncoding('utf8').on('data', (told: string) => {
      if (told.includes(' records: ')) pressing ??= setInterval(() => child.kill('SIGINT'), 1);
    });
    const end = await ending(child);
    clearInterval(pressing);
    expect(pressing).toBeDefined();
    expect(end).toBe(0);
    expect(await archive.faults()).toEqual([]);
    expect(await archive.objects()).toHaveLength(expected.objects.length);
  });

  describe('pressed twice', () => {
    let server: S3Server;
    beforeEach(async () => {
      server = await S3Server.start();
    });
    afterEach(() => server.close());

    function put(first: number, last: number): void {
      for (let index = first; index <= last; index++)
        server.put('mail', `events/${index}`, Buffer.from(sendText(`m${index}`)));
    }

    it('ends the ingest at once, even while it waits for S3', async () => {
      const source = ['s3://mail/events/', '--endpoint', server.endpoint];
      const archive = new FaultyArchive(source);
      put(10, 19);
      await archive.undisturbed();
      put(20, 29);
      const complete = await new FaultyArchive(source).undisturbed();
      // The first of the new ones, so that nothing is read before it.
      const key = 'events/20';
      server.fail({ kind: 'stall', operation: 'GetObject', key, afterBytes: 10, milliseconds: 600_000 });
      const before = server.requests.length;
      const child = archive.start();
      await until(child, () => server.requests.slice(before).some((request) => request.key === key));
      await pressCtrlC(child);
      expect(child.exitCode).toBeNull();
      child.kill('SIGINT');
      expect(await ending(child)).toBe(130);
      expect(await archive.faults()).toEqual([]);
      expect(await archive.objects()).toHaveLength(10);
      await archive.expectCompletion(complete);
    });
  });
});

describe('an ingest stopped at a random moment', () => {
  it.each(
    seeds.flatMap(
      (seed) =>
        [
          ['SIGINT', [0, 130]],
          ['SIGINT twice', [0, 130]],
          ['SIGTERM', [0, 'SIGTERM']],
        ].map(([how, ends]) => [how as string, ends as (number | string)[], seed] as const), // rows of two kinds
    ),
  )('by %s ends with one of %j and is completed by the next ingest (seed %i)', async (how, ends, seed) => {
    const random = new Random(seed, 4);
    for (let round = 0; round < scaled(1, 3); round++) {
      const archive = new FaultyArchive([objects.path], smallBatches);
      const child = archive.start();
      await until(child, () => existsSync(archive.path)); // earlier, Node may not handle signals yet
      const after = Math.round(random.fraction() * duration);
      const history = { seed, round, after };
      await Promise.race([setTimeout(after), ending(child)]);
      if (how === 'SIGINT twice') await pressCtrlC(child);
      child.kill(how === 'SIGTERM' ? 'SIGTERM' : 'SIGINT');
      expect({ history, ends }).toEqual({ history, ends: expect.arrayContaining([await ending(child)]) });
      expect({ history, faults: await archive.faults() }).toEqual({ history, faults: [] });
      await archive.expectCompletion(expected, history);
    }
  });
});
