import { copyFileSync, existsSync, readdirSync, statSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { DuckDBInstance } from '@duckdb/node-api';
import { currentLayoutText, type Layout } from '../../../consumer/archive/file/layout';
import { Random } from '../../../consumer/sample/seed/random';
import { run, type Started, startCommand } from '../../cli/run-process';
import { ArchiveFolder } from '../archive-folder';
import { rowsById } from '../upgrade/rows-by-id';
import { faultsWithin } from './archive-contents';
import { ending, until } from './faulty-archive';
import { ObjectsFolder } from './objects-folder';
import { scaled, seeds } from './scale';

const objects = ObjectsFolder.sample({ events: scaled(3_000, 50_000), seed: 9, eventsPerObject: 2_000 });
const fresh = new ArchiveFolder();
const older = new ArchiveFolder();
let expected: Awaited<ReturnType<typeof rowsById>>;
/** Duration of an uninterrupted upgrade in milliseconds. Other upgrades are killed within it. */
let duration: number;

/**
 * Turns an archive into one of a version without columns for tags, headers and destination. An upgrade
 * changes all rows.
 */
async function takeColumnsAway(path: string): Promise<void> {
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  const { tables, fields, ...layout } = JSON.parse(currentLayoutText) as Layout;
  const event_rows = { ...tables.event_rows };
  const others = { ...fields };
  const patches = { tags: 'tags', headers: 'headers', destination: 'destination' };
  for (const [column, key] of Object.entries(patches)) {
    await connection.run(`
      UPDATE event_rows SET extra = json_merge_patch(coalesce(extra, '{}'), json_object('mail', json_object('${key}', "${column}"::JSON)))::VARCHAR
        WHERE "${column}" IS NOT NULL;
      ALTER TABLE event_rows DROP COLUMN "${column}"`);
    delete event_rows[column];
    delete others[column];
  }
  await connection.run('UPDATE archive SET layout = ?', [
    JSON.stringify({ ...layout, tables: { ...tables, event_rows }, fields: others }),
  ]);
  connection.closeSync();
  instance.closeSync();
}

const args = (archive: string) => ['ingest', objects.path, '--archive', archive, '--allow-rejects'];

beforeAll(async () => {
  await run(args(fresh.archive));
  expected = await rowsById(fresh);
  copyFileSync(fresh.archive, older.archive);
  await takeColumnsAway(older.archive);
  const { archive } = copyOfOlder();
  const started = performance.now();
  await run(args(archive));
  duration = performance.now() - started;
});

function copyOfOlder(): ArchiveFolder {
  const folder = new ArchiveFolder();
  copyFileSync(older.archive, folder.archive);
  return folder;
}

const upgrading = ({ archive }: ArchiveFolder) => `${archive}.upgrading`;
const logSize = ({ archive }: ArchiveFolder) =>
  statSync(`${archive}.wal`, { throwIfNoEntry: false })?.size ?? 0;

/** Moments, by the files in the archive's folder. */
const moments: readonly (readonly [when: string, isNow: (folder: ArchiveFolder) => boolean])[] = [
  ['once there is a folder for its rows', (folder) => existsSync(upgrading(folder))],
  [
    'once rows are made anew',
    (folder) => existsSync(upgrading(folder)) && readdirSync(upgrading(folder)).length > 0,
  ],
  ['once there is a log', (folder) => logSize(folder) > 0],
];

async function kill(child: Started): Promise<void> {
  child.kill('SIGKILL');
  await ending(child);
}

/** The archive is complete, in the old or the new layout, and the next command that writes upgrades it. */
async function expectUpgrade(folder: ArchiveFolder): Promise<void> {
  expect(await faultsWithin(folder.archive)).toEqual([]);
  expect((await rowsById(folder)).size).toBe(expected.size);
  const { code, stderr } = await run(args(folder.archive));
  expect([code, stderr]).toEqual([0, expect.stringContaining('0 new events')]);
  expect(await rowsById(folder)).toEqual(expected);
  expect(await faultsWithin(folder.archive)).toEqual([]);
  expect(readdirSync(folder.path).sort()).toEqual(['archive.duckdb', 'objects']);
}

function start(folder: ArchiveFolder): Started {
  const child = startCommand(args(folder.archive));
  child.stdin.end();
  return child;
}

describe('a killed upgrade (kill -9)', () => {
  it.each(moments)('%s leaves a good archive', async (_, isNow) => {
    const folder = copyOfOlder();
    const child = start(folder);
    await until(child, () => isNow(folder));
    await kill(child);
    await expectUpgrade(folder);
  });

  it.each(seeds)('at random moments leaves a good archive (seed %i)', async (seed) => {
    const random = new Random(seed, 1);
    const folder = copyOfOlder();
    for (let round = 0; round < scaled(2, 12); round++) {
      const child = start(folder);
      await Promise.race([setTimeout(Math.round(random.fraction() * duration)), ending(child)]);
      await kill(child);
      expect({ seed, round, faults: await faultsWithin(folder.archive) }).toEqual({
        seed,
        round,
        faults: [],
      });
    }
    await expectUpgrade(folder);
  });
});
