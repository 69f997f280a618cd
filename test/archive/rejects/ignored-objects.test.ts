import { copyFileSync, mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ingest } from '../../../consumer/archive/ingest/ingest';
import { dropObjects } from '../../../consumer/archive/rejects/ignored-objects';
import { envelopeFolders } from '../../events/event-folders';
import { fixtures } from '../../fixtures/load';
import { ArchiveFolder } from '../archive-folder';
import { wrongCounts } from '../table-dump';

const send = (id: string) =>
  `{"eventType":"Send","mail":{"timestamp":"2026-03-04T05:06:07.890Z","messageId":"${id}"},"send":{}}\n`;

/** A name in the form of Firehose. */
const firehoseName = 'events-1-2026-03-04-05-06-07-0a1b2c3d-0000-4000-8000-0123456789ab';

/** A folder with the archive in it. */
function archiveInFolder(): ArchiveFolder {
  const folder = new ArchiveFolder('objects/ses-events.duckdb');
  folder.write('a.json', send('a'));
  return folder;
}

const names = (folder: ArchiveFolder, ...list: string[]) => list.map((name) => join(folder.objects, name));

describe('the archive and its companion files', () => {
  it('are not objects of their folder', async () => {
    const folder = archiveInFolder();
    await folder.ingest();
    for (const name of [
      '.staging/1.events',
      '.outputs',
      '.reading-aB12cD/spilled',
      '.spilled-aB12cD/1',
      '.0a1b2c3d.new',
    ])
      folder.write(`ses-events.duckdb${name}`, send('companion'));
    const again = await folder.ingest();
    expect(again).toMatchObject({
      newEvents: 0,
      unchangedObjects: 1,
      read: { objects: 0, rejects: 0 },
      ignored: [],
    });
    expect(await folder.rows('SELECT object FROM objects')).toEqual([
      { object: join(folder.objects, 'a.json') },
    ]);
  });

  it('are not read when they are named', async () => {
    const folder = archiveInFolder();
    await folder.ingest();
    const counts = await folder.ingest({ source: folder.archive });
    expect(counts).toMatchObject({ read: { objects: 0, rejects: 0 }, ignored: [folder.archive] });
  });

  it('are recognized through a symbolic link', async () => {
    const folder = archiveInFolder();
    await folder.ingest();
    const link = join(folder.path, 'link.duckdb');
    symlinkSync(folder.archive, link);
    const counts = await ingest(folder.objects, { archive: link, workers: 0, wait: 0 });
    expect(counts).toMatchObject({ unchangedObjects: 1, ignored: [] });
  });

  it('of another archive are not read, although they can contain complete records', async () => {
    const folder = archiveInFolder();
    const other = new ArchiveFolder();
    other.write('kept.json', send('kept').replace('"send"', '"n":1E5,"send"'));
    await other.ingest();
    copyFileSync(other.archive, join(folder.objects, 'other.duckdb'));
    folder.write('other.duckdb.wal', send('log'));
    const counts = await folder.ingest();
    expect(counts).toMatchObject({ newEvents: 1, read: { rejects: 0 } });
    expect(counts.ignored).toEqual(names(folder, 'other.duckdb', 'other.duckdb.wal'));
    const ignored = await folder.rows(
      'SELECT object, ignored FROM objects WHERE ignored IS NOT NULL ORDER BY ALL',
    );
    expect(ignored).toEqual(counts.ignored.map((object) => ({ object, ignored: 'database' })));
    expect(await folder.ingest()).toMatchObject({ unchangedObjects: 1, ignored: counts.ignored });
  });
});

describe('a file in a folder without an email event', () => {
  const notes = 'when,what\n2026-03-04,"a note, {not JSON}"\n';

  it.each<[what: string, content: string | Buffer]>([
    ['text', 'some notes\n'],
    ['CSV', notes],
    ['CSV, compressed', gzipSync(notes)],
    ['other JSON', '{"a":1}\n{"b":2}\n'],
    ['rejects as JSON', '{"object":"x","reason":"invalid-event","raw":"{\\"eventType\\":\\"Bounce\\"}"}\n'],
    ['an HTML page', '<html><script>const x = {"a":[1]};</script></html>'],
  ])('is ignored and listed: %s', async (_, content) => {
    const folder = archiveInFolder();
    folder.write('notes.x', content);
    const first = await folder.ingest();
    expect(first).toMatchObject({ newEvents: 1, read: { objects: 1, rejects: 0 } });
    expect(first.ignored).toEqual(names(folder, 'notes.x'));
    const second = await folder.ingest();
    expect(second).toMatchObject({ unchangedObjects: 1, read: { objects: 0, rejects: 0, fetchedBytes: 0 } });
    expect(second.ignored).toEqual(names(folder, 'notes.x'));
    expect(await wrongCounts(folder)).toEqual([]);
  });

  it.each<[what: string, name: string, content: string | Buffer]>([
    ['has a name in the form of Firehose', firehoseName, 'some notes\n'],
    ['also contains an event', 'b.txt', `some notes\n${send('b')}`],
    ['contains an invalid event', 'b.json', '{"eventType":"Bounce","mail":{}}\n'],
    ['contains a truncated event', 'b.json', '{"eventType":"Bounce","mail":{"mess\n'],
    ['contains an unreadable envelope', 'b.json', '{"attemptsMade":1,"rawData":"%"}\n'],
    ['contains an envelope around other data', 'b.json', '{"attemptsMade":1,"rawData":"dGV4dA=="}\n'],
    ['contains data that nests too deep', 'b.json', `${'{"a":'.repeat(600)}1${'}'.repeat(600)}\n`],
    ['is damaged compression', 'b.gz', gzipSync(send('b').repeat(50)).subarray(0, 40)],
    ...envelopeFolders.map((kind): [what: string, name: string, content: string] => {
      const [, envelope] = fixtures(kind).at(-1) ?? [];
      return [`holds a cut ${kind}`, 'b.json', `${JSON.stringify(envelope).slice(0, -2)}\n`];
    }),
  ])('is not ignored when it %s', async (_, name, content) => {
    const folder = archiveInFolder();
    const path = folder.write(name, content);
    const counts = await folder.ingest();
    expect(counts.read.rejects).toBeGreaterThan(0);
    expect(counts.ignored).not.toContain(path);
  });

  it('is read when it is named explicitly, and its rejects are replaced when it later contains events', async () => {
    const folder = archiveInFolder();
    const path = folder.write('notes.txt', 'some notes\n');
    await folder.ingest();
    expect(await folder.ingest({ source: path })).toMatchObject({
      read: { rejects: 1 },
      ignored: [],
      replacedObjects: 0,
    });
    folder.write('notes.txt', send('b'));
    expect(await folder.ingest()).toMatchObject({ newEvents: 1, replacedObjects: 1 });
    expect(await folder.rows('SELECT * FROM rejects')).toEqual([]);
  });

  it('is read when it is named in addition to its folder', async () => {
    const folder = archiveInFolder();
    const path = folder.write('notes.txt', 'some notes\n');
    const options = { archive: folder.archive, workers: 0, wait: 0 };
    await ingest(folder.objects, options);
    expect(await ingest([folder.objects, path], options)).toMatchObject({
      unchangedObjects: 1,
      read: { objects: 1, rejects: 1 },
    });
  });

  it('is read again after a change, but not when it was only touched', async () => {
    const folder = archiveInFolder();
    const path = folder.write('notes.txt', 'some notes\n');
    await folder.ingest();
    utimesSync(path, new Date(0), new Date(0));
    expect((await folder.ingest()).ignored).toContain(path);
    writeFileSync(path, send('b'));
    expect(await folder.ingest()).toMatchObject({ newEvents: 1, read: { objects: 1 } });
  });
});

describe('a dropped object', () => {
  const dirty = async () => {
    const folder = archiveInFolder();
    const path = folder.write(firehoseName, `text\n${send('a')}${send('b')}`);
    expect(await folder.ingest()).toMatchObject({ newEvents: 2, duplicates: 1, read: { rejects: 1 } });
    return { folder, path };
  };

  it('is removed with its rejects and the events that no other object contains, and later ingests ignore it', async () => {
    const { folder, path } = await dirty();
    expect(await dropObjects({ archive: folder.archive, objects: [path] })).toEqual({
      objects: 1,
      rejects: 1,
      events: 1,
    });
    expect(await folder.rows('SELECT message_id FROM events')).toEqual([{ message_id: 'a' }]);
    expect(await folder.rows('SELECT * FROM rejects')).toEqual([]);
    expect(await wrongCounts(folder)).toEqual([]);
    writeFileSync(path, send('c'));
    const counts = await folder.ingest();
    expect(counts).toMatchObject({ newEvents: 0, read: { objects: 0 } });
    expect(counts.ignored).toContain(path);
  });

  it('is ingested again when it is named explicitly', async () => {
    const { folder, path } = await dirty();
    await dropObjects({ archive: folder.archive, objects: [path] });
    expect(await folder.ingest({ source: path })).toMatchObject({ newEvents: 1, read: { rejects: 1 } });
    expect(await folder.ingest()).toMatchObject({ unchangedObjects: 2 });
  });

  it('must be in the archive; otherwise nothing changes', async () => {
    const { folder, path } = await dirty();
    await expect(dropObjects({ archive: folder.archive, objects: [path, '/none'] })).rejects.toThrow(
      /has no object \/none: to list the names, run ses-events query 'SELECT object FROM objects' --archive /,
    );
    expect(await folder.rows('SELECT count(*)::INT AS n FROM rejects')).toEqual([{ n: 1 }]);
  });
});

it('an archive of the previous version gets ignored objects', async () => {
  const folder = archiveInFolder();
  await folder.ingest();
  await folder.run('ALTER TABLE objects DROP COLUMN ignored; UPDATE archive SET schema_version = 2');
  const path = folder.write('notes.txt', 'some notes\n');
  expect((await folder.ingest()).ignored).toContain(path);
});

it('folders with other names are not companion files', async () => {
  const folder = archiveInFolder();
  mkdirSync(join(folder.objects, 'ses-events.duckdb.staged'));
  folder.write('ses-events.duckdb.staged/b.json', send('b'));
  folder.write('ses-events.duckdb.json', send('c'));
  expect(await folder.ingest()).toMatchObject({ newEvents: 3 });
});
