import fc from 'fast-check';
import { slices } from '../../../consumer/archive/ingest/ingest-slices';
import { fileObject } from '../../../consumer/sources/file';
import type { SourceObject } from '../../../consumer/sources/source';

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
