import fc from 'fast-check';
import { differences } from './in-configurations';

describe('the differences of a snapshot', () => {
  it.each<[Parameters<typeof differences>[0], Parameters<typeof differences>[1], object]>([
    [
      { a: 1, b: [2, 3] },
      { b: [2, 4], c: { d: 5 } },
      { a: '(absent)', 'b.1': 4, 'c.d': 5 },
    ],
    [{ a: {} }, { a: { b: 1 } }, { 'a.b': 1 }],
    [{ a: { b: 1 } }, { a: {} }, { a: {} }],
    [{ a: [1] }, { a: { 0: 1 } }, { a: { 0: 1 } }],
    [{ a: null }, { a: 0 }, { a: 0 }],
    [undefined, { a: [], b: [{ c: 1 }] }, { a: [], 'b.0.c': 1 }],
    [{ a: [1, 2] }, { a: [1, 2] }, {}],
  ])('%j and %j are %j', (one, other, expected) => {
    expect(differences(one, other)).toEqual(expected);
  });

  it('are empty exactly if two values are equal', () => {
    const value = fc.dictionary(fc.stringMatching(/^[a-c]$/), fc.jsonValue({ maxDepth: 2 }));
    fc.assert(
      fc.property(value, value, (one, other) => {
        const [mine, theirs] = [JSON.parse(JSON.stringify(one)), JSON.parse(JSON.stringify(other))];
        expect(differences(mine, mine)).toEqual({});
        const isSame = Object.keys(differences(mine, theirs)).length === 0;
        let isEqual = true;
        try {
          expect(theirs).toEqual(mine);
        } catch {
          isEqual = false;
        }
        expect(isSame).toBe(isEqual);
      }),
    );
  });
});
