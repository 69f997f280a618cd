import { existsSync, readdirSync, statSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { Random } from '../../../consumer/sample/seed/random';
import type { Started } from '../../cli/run-process';
import type { ArchiveContents } from './archive-contents';
import { ending, FaultyArchive, until } from './faulty-archive';
import { ObjectsFolder } from './objects-folder';
import { isFull, scaled, seeds } from './scale';

const objects = ObjectsFolder.sample({ events: scaled(2_500, 10_000), seed: 1 });
/** Many batches, so that there are many moments before, during and after a commit. */
const smallBatches = ['--batch-objects', '4'];

let expected: ArchiveContents;
/** Duration of an uninterrupted ingest in milliseconds. Other ingests are killed within it. */
let duration: number;

beforeAll(async () => {
  const started = performance.now();
  expected = await new FaultyArchive([objects.path], smallBatches).undisturbed();
  duration = performance.now() - started;
});

/** Kills an ingest. Returns whether it was still running. */
async function kill(child: Started): Promise<boolean> {
  child.kill('SIGKILL');
  return (await ending(child)) === 'SIGKILL';
}

const sizeOf = (path: string) => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

/** Moments that a random kill seldom hits, by the files in the archive's folder. */
const moments: readonly (readonly [when: string, isNow: (archive: FaultyArchive) => boolean])[] = [
  ['once the archive is being made', ({ files }) => files.length > 0],
  ['once the archive has its name', ({ path }) => existsSync(path)],
  ['once there is a staging folder', ({ staging }) => existsSync(staging)],
  [
    'once rows are staged',
    ({ staging }) => existsSync(staging) && readdirSync(staging).some((name) => name.endsWith('.events')),
  ],
  ['once there is a log', ({ path }) => existsSync(path) && sizeOf(`${path}.wal`) > 0],
  ['once the log has grown', ({ path }) => existsSync(path) && sizeOf(`${path}.wal`) > 100_000],
  ['once the log is in the archive', ({ path }) => sizeOf(path) > 1024 * 1024 && !existsSync(`${path}.wal`)],
];

describe('a killed ingest (kill -9)', () => {
  it.each(moments)('%s is completed by the next ingest', async (_, isNow) => {
    const archive = new FaultyArchive([objects.path], smallBatches);
    const child = archive.start();
    await until(child, () => isNow(archive));
    await kill(child);
    expect(await archive.faults()).toEqual([]);
    await archive.expectCompletion(expected);
  });

  it.each(seeds)(
    'at random moments, several times in a row, is completed by the next ingest (seed %i)',
    async (seed) => {
      const random = new Random(seed, 0);
      for (let round = 0; round < scaled(1, 3); round++) {
        const archive = new FaultyArchive([objects.path], smallBatches);
        const kills: number[] = [];
        for (let run = 0; run < scaled(4, 6); run++) {
          const child = archive.start();
          const after = Math.round(random.fraction() * duration);
          kills.push(after);
          await Promise.race([setTimeout(after), ending(child)]);
          const wasRunning = await kill(child);
          expect({ seed, kills, faults: await archive.faults() }).toEqual({ seed, kills, faults: [] });
          if (!wasRunning) break;
        }
        await archive.expectCompletion(expected, { seed, round, kills });
      }
    },
  );

  it('in batches of the default size is completed by the next ingest', async () => {
    const many = isFull ? ObjectsFolder.sample({ events: 3_000, seed: 2, eventsPerObject: 2 }) : objects;
    const complete = isFull ? await new FaultyArchive([many.path]).undisturbed() : expected;
    expect(complete.objects.length).toBeGreaterThan(scaled(0, 1_000)); // more than one batch
    const archive = new FaultyArchive([many.path]);
    const hasCommitted = () => sizeOf(`${archive.path}.wal`) > 20_000 || sizeOf(archive.path) > 1024 * 1024;
    for (const isNow of [() => existsSync(archive.staging), hasCommitted]) {
      const child = archive.start();
      await until(child, isNow);
      await kill(child);
      expect(await archive.faults()).toEqual([]);
    }
    await archive.expectCompletion(complete);
  });
});
