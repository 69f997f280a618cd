import fc from 'fast-check';
import { openDatabase } from '../../../consumer/archive/file/open';
import { ingestInto } from '../../../consumer/archive/ingest/ingest';
import { slices } from '../../../consumer/archive/ingest/ingest-slices';
import { fileObject } from '../../../consumer/sources/file';
import { type SourceObject, sourceOf } from '../../../consumer/sources/source';
import { sendText } from '../../cli/records';
import { ArchiveFolder } from '../archive-folder';

const mebibyte = 1024 * 1024;

function objectsOf(sizes: readonly (number | undefined)[]): SourceObject[] {
  return sizes.map((size, index) => ({ ...fileObject(`${index}`), size: size && size * mebibyte }));
}

describe('objects are cut into slices', () => {
  it.each<[string, (number | undefined)[], number, number[]]>([
    ['no slices without objects', [], 10, []],
    ['one slice when they fit', [1, 2, 3], 3, [3]],
    ['by number', [1, 1, 1, 1, 1], 2, [2, 2, 1]],
    ['by bytes', [32, 32, 1, 63, 1], 10, [2, 2, 1]],
    ['with a separate slice for a larger object', [1, 500, 1], 10, [1, 1, 1]],
    ['by number when no size is known', [undefined, undefined, undefined], 2, [2, 1]],
  ])('%s', (_, sizes, maxObjects, lengths) => {
    expect([...slices(objectsOf(sizes), maxObjects)].map(({ length }) => length)).toEqual(lengths);
  });

  it('all of them, in order, without empty or oversized slices', () => {
    fc.assert(
      fc.property(
        fc.array(fc.option(fc.nat(100), { nil: undefined })),
        fc.integer({ min: 1, max: 5 }),
        (sizes, most) => {
          const objects = objectsOf(sizes);
          const cut = [...slices(objects, most)];
          expect(cut.flat()).toEqual(objects);
          for (const { length } of cut) {
            expect(length).toBeGreaterThan(0);
            expect(length).toBeLessThanOrEqual(most);
          }
        },
      ),
    );
  });
});

describe.each([0, 2])('an ingest with %i threads whose time is over', (workers) => {
  /** Ingests three objects as long as there is time; returns the names of those left, and of those in the archive. */
  async function ingestUntil(isOver: () => boolean) {
    const folder = new ArchiveFolder();
    const names = ['a', 'b', 'c'].map((name) => folder.write(name, `${sendText(name)}\n`));
    const source = sourceOf(names.map((name) => fileObject(name)));
    const database = await openDatabase(folder.archive);
    try {
      const { counts, left } = await ingestInto(database, source, {
        archive: folder.archive,
        workers,
        isOver,
      });
      const rows = await database.rows('SELECT object FROM objects ORDER BY object');
      const archived = rows.map(({ object }) => object);
      expect(counts.read.objects).toBe(archived.length);
      expect([...archived, ...left.map(({ uri }) => uri)]).toEqual(names);
      return left.length;
    } finally {
      database.close();
    }
  }

  it('reads the first object, commits it and returns the others', async () => {
    expect(await ingestUntil(() => true)).toBe(2);
  });

  it('completes the objects that were taken before', async () => {
    let asked = 0;
    expect(await ingestUntil(() => ++asked > 1)).toBe(1);
  });

  it('returns no object when there was enough time', async () => {
    expect(await ingestUntil(() => false)).toBe(0);
  });
});
