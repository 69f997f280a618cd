import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { forget } from '../../../consumer/archive/erasure/forget';
import { forgetObjects } from '../../../consumer/archive/objects/forget-objects';
import { Objects } from './objects';
import { address, send } from './person';

const others = ['a@o.example', 'b@o.example'];
const [mine, ofOthers] = [send('m1', [...others, address]), send('m2', others)];

describe('erasing with an archive', () => {
  const rows = 'SELECT object, etag, size, events, bytes FROM objects ORDER BY object';
  const places =
    'SELECT object, byte_offset, byte_length FROM event_occurrences ORDER BY object, byte_offset';

  it('reads only the objects that can contain the person', async () => {
    const folder = new Objects();
    folder.write('a.json', `${mine}\n${ofOthers}\n`);
    folder.write('complete.json', `${send('m4', others)}\n`);
    folder.write('rejects.json', `${send('m5', others)}\nINFO\n`);
    await folder.ingest();
    folder.write('new.json', `${send('m6', [...others, address])}\n`);
    const { erased, examinedObjects, skippedObjects } = await folder.withArchive();
    expect(erased.map(({ object }) => object)).toEqual(
      ['a.json', 'new.json'].map((name) => join(folder.objects, name)),
    );
    expect([examinedObjects, skippedObjects]).toEqual([3, 1]);
    expect(await folder.withArchive({ allObjects: true })).toMatchObject({ examinedObjects: 4, erased: [] });
  });

  it('has the pseudonym of the archive', async () => {
    const folder = new Objects();
    folder.write('a.json', `${mine}\n`);
    await folder.ingest();
    const { pseudonym } = await forget(address, { archive: folder.archive, wait: 0 });
    expect(await folder.withArchive()).toMatchObject({ pseudonym, erased: [{ records: 1 }] });
    expect(readdirSync(folder.path)).not.toContain('erasure.ndjson.salt');
  });

  it('leaves nothing to ingest, and the places of all records', async () => {
    const folder = new Objects();
    const lines = [ofOthers, mine, send('m3', others), send('m4', [address]), send('m5', others)];
    folder.write('a.json', lines.map((line) => `${line}\n`).join(''));
    folder.write('b.gz', gzipSync(`${mine}\n${send('m6', [...others, address])}\n`));
    await folder.ingest();
    await folder.withArchive();
    await forget(address, { archive: folder.archive, wait: 0 });
    const [before, beforePlaces] = [await folder.rows(rows), await folder.rows(places)];
    const counts = await folder.ingest();
    expect(counts).toMatchObject({ newEvents: 0, unchangedObjects: 2, read: { objects: 0 } });
    expect(await folder.rows(rows)).toEqual(before);
    expect(await folder.rows('SELECT count(*) AS events FROM events')).toEqual([{ events: 6n }]);

    const fresh = new Objects();
    await fresh.ingest({ source: folder.objects });
    expect(beforePlaces).toEqual(await fresh.rows(places));
    expect(before).toEqual(await fresh.rows(rows));
  });

  it('names the objects elsewhere that contain the person', async () => {
    const folder = new Objects();
    folder.write('x/a.json', `${mine}\n`);
    folder.write('y/b.json', `${mine}\n`);
    await folder.ingest();
    const { elsewhere } = await forgetObjects(address, join(folder.objects, 'x'), {
      archive: folder.archive,
      manifest: folder.manifest,
    });
    expect(elsewhere).toEqual([join(folder.objects, 'y/b.json')]);
  });

  it.each([
    [
      'events were removed',
      async (folder: Objects) => forget(address, { archive: folder.archive, remove: true }),
    ],
    [
      'events were deleted by age',
      async (folder: Objects) => folder.run('UPDATE ses_events.objects SET pruned_before = now()'),
    ],
  ])('reads every object after %s', async (_, change) => {
    const folder = new Objects();
    folder.write('a.json', `${send('m1', [address])}\n`);
    folder.write('b.json', `${ofOthers}\n`);
    await folder.ingest();
    await change(folder);
    expect(await folder.withArchive()).toMatchObject({ examinedObjects: 2, erased: [{ records: 1 }] });
  });
});
