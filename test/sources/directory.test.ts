import { join } from 'node:path';
import { readAll } from './read-all';
import { useRecordFolder } from './record-folder';

const folder = useRecordFolder();

describe('a folder', () => {
  it('is read with all subfolders, in the order of the paths', async () => {
    folder.put('b/2', 'c');
    folder.put('a', 'a');
    folder.put('b/1', 'b');
    const { ids, events } = await readAll(folder.path);
    expect(ids).toEqual(['a', 'b', 'c']);
    expect(events[1]?.provenance.object).toBe(join(folder.path, 'b/1'));
  });

  it('can contain hidden files, which are skipped and counted', async () => {
    folder.put('a', 'a');
    folder.put('.DS_Store', 'x');
    folder.put('.git/x', 'y');
    const { ids, skippedObjects } = await readAll(folder.path);
    expect(ids).toEqual(['a']);
    expect(skippedObjects.foreign).toBe(2);
  });

  it('of partitions is read from --since', async () => {
    folder.put('events/dt=2026-03-01/hour=00/a', 'a');
    folder.put('events/dt=2026-03-04/hour=05/b', 'b');
    const { ids, skippedObjects } = await readAll(folder.path, { since: new Date('2026-03-04') });
    expect(ids).toEqual(['b']);
    expect(skippedObjects.beforeSince).toBe(1);
  });

  it('can be in a folder that looks like a partition', async () => {
    folder.put('dt=2024-01-01/copy/2026/03/04/09/x', 'a');
    const { ids } = await readAll(join(folder.path, 'dt=2024-01-01/copy'), { since: new Date('2026-01-01') });
    expect(ids).toEqual(['a']);
  });

  it('can be empty', async () => {
    expect((await readAll(folder.path)).counts.objects).toBe(0);
  });
});
