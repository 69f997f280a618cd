import { Random } from '../../../consumer/sample/seed/random';

function numbers(random: Random): number[] {
  return Array.from({ length: 5 }, () => random.next());
}

describe('Random', () => {
  it('generates the same numbers in every version', () => {
    // Archives are only reproducible if every engine and version generates these numbers.
    expect(numbers(new Random(1, 1))).toMatchInlineSnapshot(`
[
  163228893,
  2993919121,
  2428223710,
  3345763560,
  3468551257,
]
`);
    expect(new Random(1, 1).uuid()).toMatchInlineSnapshot(`"09baacdd-b273-4491-a0bb-c0dec76c4ce8"`);
  });

  it.each([
    [0, 1],
    [1, 2],
    [-1, 1],
    [2 ** 32 + 1, 1],
    [Number.MAX_SAFE_INTEGER, 1],
  ])('generates different numbers for seed %d, stream %d', (seed, stream) => {
    expect(numbers(new Random(seed, stream))).not.toEqual(numbers(new Random(1, 1)));
  });

  it('generates every integer of a range about equally often', () => {
    const random = new Random(7, 1);
    const counts = [0, 0, 0, 0];
    for (let i = 0; i < 40_000; i++) {
      const index = random.integer(2, 5) - 2;
      counts[index] = (counts[index] ?? Number.NaN) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(400);
  });

  it('shuffles all items, without changing the list', () => {
    const list = Array.from({ length: 100 }, (_, i) => i);
    const shuffled = new Random(1, 1).shuffled(list);
    expect(shuffled).not.toEqual(list);
    expect(shuffled.sort((a, b) => a - b)).toEqual(list);
  });

  it('throws a RangeError when it picks from an empty list', () => {
    expect(() => new Random(1, 1).pick([])).toThrow(RangeError);
  });

  it('generates UUIDs and hexadecimal digits', () => {
    expect(new Random(1, 1).uuid()).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    expect(new Random(1, 1).hex(3)).toMatch(/^[0-9a-f]{24}$/);
  });
});
