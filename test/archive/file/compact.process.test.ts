import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { compact, isCompactionDue } from '../../../consumer/archive/file/compact';
import { openDatabase } from '../../../consumer/archive/file/open';
import { sendText } from '../../cli/records';
import { run, startCommand } from '../../cli/run-process';
import { ArchiveFolder } from '../archive-folder';

const address = 'ana@example.com';
const events = 2_000;

/** An archive with many events of many people, and the person in each of them. */
function filled(): ArchiveFolder {
  const folder = new ArchiveFolder();
  const lines = Array.from(
    { length: events },
    (_, index) =>
      `${sendText(`m${index}`, { destination: [`x${index}@shop.example`, address], note: `${index}`.repeat(50) })}\n`,
  );
  folder.write('a.json', lines.join(''));
  return folder;
}

/** The number of events in an archive, and of those that contain the person. */
async function counts(folder: ArchiveFolder) {
  const [row] = await folder.rows<{ events: number; holding: number }>(
    `SELECT count(*)::INTEGER AS events, count(*) FILTER (list_contains(destination, '${address}'))::INTEGER AS holding FROM events`,
  );
  return row;
}

function bytesBeside(folder: ArchiveFolder): string {
  return readdirSync(folder.path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'a.json')
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n');
}

const compacting = (folder: ArchiveFolder) => `${folder.archive}.compacting`;
const forget = (folder: ArchiveFolder) => run(['forget', address, '--archive', folder.archive]);
const ingest = (folder: ArchiveFolder) => run(['ingest', folder.objects, '--archive', folder.archive]);

async function expectCompacted(folder: ArchiveFolder): Promise<void> {
  expect(await counts(folder)).toEqual({ events, holding: 0 });
  expect(readdirSync(folder.path).sort()).toEqual(['archive.duckdb', 'objects']);
  expect(bytesBeside(folder)).not.toContain('ana@example');
}

describe('a killed forget', () => {
  it.each([
    [
      'as soon as it has announced the compaction',
      (folder: ArchiveFolder) => existsSync(compacting(folder)),
      forget,
    ],
    [
      'during the copy',
      (folder: ArchiveFolder) => existsSync(join(compacting(folder), 'archive.duckdb')),
      forget,
    ],
    [
      'during the copy, before an ingest',
      (folder: ArchiveFolder) => existsSync(join(compacting(folder), 'archive.duckdb')),
      ingest,
    ],
  ])('%s leaves a good archive, and the next run completes it', async (_, moment, next) => {
    const folder = filled();
    await ingest(folder);
    const child = startCommand(['forget', address, '--archive', folder.archive]);
    const closed = once(child, 'close');
    while (child.exitCode === null && !moment(folder)) await setTimeout(1);
    child.kill('SIGKILL');
    await closed;
    expect(child.signalCode).toBe('SIGKILL');

    const left = await counts(folder);
    expect(left?.events).toBe(events);
    expect([0, events]).toContain(left?.holding);

    expect(await next(folder)).toMatchObject({ code: 0 });
    await expectCompacted(folder);
  });
});

describe('a compaction', () => {
  /** An archive after an erasure, with the files of an interrupted run beside it. */
  async function cutOff(leave: (folder: ArchiveFolder) => void): Promise<ArchiveFolder> {
    const folder = filled();
    await ingest(folder);
    await forget(folder);
    mkdirSync(compacting(folder));
    leave(folder);
    expect(isCompactionDue(folder.archive)).toBe(true);
    return folder;
  }

  it.each<[string, (folder: ArchiveFolder) => void]>([
    ['before the copy', () => {}],
    ['during the copy', (folder) => writeFileSync(join(compacting(folder), 'archive.duckdb'), 'half')],
  ])('that was interrupted %s is repeated by the next ingest', async (_, leave) => {
    const folder = await cutOff(leave);
    await folder.ingest();
    await expectCompacted(folder);
  });

  it('is repeated by the next forget of any address', async () => {
    const folder = await cutOff(() => {});
    expect(await run(['forget', 'jo@example.com', '--archive', folder.archive])).toMatchObject({ code: 0 });
    await expectCompacted(folder);
  });

  it('is not completed by a dry run', async () => {
    const folder = await cutOff(() => {});
    await run(['forget', address, '--archive', folder.archive, '--dry-run']);
    expect(isCompactionDue(folder.archive)).toBe(true);
  });

  it('keeps tables, views, the salt and the permissions of the file', async () => {
    const folder = filled();
    await ingest(folder);
    const query = `SELECT table_name, sql FROM (
      SELECT table_name, sql FROM duckdb_tables() UNION ALL SELECT view_name, sql FROM duckdb_views() WHERE NOT internal
    ) ORDER BY ALL`;
    const before = { schema: await folder.rows(query), archive: await folder.rows('FROM archive') };
    const database = await openDatabase(folder.archive);
    await compact(database, folder.archive);
    database.close();
    expect(bytesBeside(folder)).toContain('ana@example'); // it is there in plain text
    expect({ schema: await folder.rows(query), archive: await folder.rows('FROM archive') }).toEqual(before);
    expect(await counts(folder)).toEqual({ events, holding: events });
  });

  it('writes to the target of a symbolic link', async () => {
    const folder = filled();
    await ingest(folder);
    const link = join(folder.objects, 'link.duckdb');
    symlinkSync(folder.archive, link);
    expect(await run(['forget', address, '--archive', link])).toMatchObject({ code: 0 });
    expect(bytesBeside(folder)).not.toContain('ana@example');
    expect(await counts(folder)).toEqual({ events, holding: 0 });
  });

  it('that fails reports it and remains due', async () => {
    const folder = filled();
    await ingest(folder);
    const database = await openDatabase(folder.archive);
    await database.run('BEGIN TRANSACTION; DELETE FROM rejects; DELETE FROM event_rows');
    await expect(compact(database, folder.archive)).rejects.toThrow(
      /was changed but not compacted, .* run the command again/,
    );
    database.close();
    expect(isCompactionDue(folder.archive)).toBe(true);
    expect(await counts(folder)).toEqual({ events, holding: events });
  });
});
