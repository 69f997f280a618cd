import fc from 'fast-check';
import { dayRanges, daysFrom, literalDays, shiftDay } from '../../../consumer/queries/filling/day-ranges';

const day = fc.integer({ min: 0, max: 60 }).map((number) => shiftDay('2026-02-01', number));

describe('days', () => {
  it('are counted over the ends of months and leap days', () => {
    expect(daysFrom('2028-02-28', '2028-03-01')).toEqual(['2028-02-28', '2028-02-29', '2028-03-01']);
    expect(daysFrom('2026-03-02', '2026-03-01')).toEqual([]);
    expect(shiftDay('2026-01-01', -1)).toBe('2025-12-31');
  });

  it('are dates in SQL', () => {
    expect(literalDays({ first: '2026-03-01', last: '2026-03-02' })).toEqual({
      first: "DATE '2026-03-01'",
      last: "DATE '2026-03-02'",
    });
  });
});

describe('ranges of days', () => {
  it('name their days for people', () => {
    const ranges = dayRanges({
      first: '2026-03-01',
      last: '2026-03-06',
      without: ['2026-03-05'],
      longest: 3,
    });
    expect(ranges.map(({ text }) => text)).toEqual(['2026-03-01 to 2026-03-03', '2026-03-04', '2026-03-06']);
  });

  it('contain each day once that is not skipped, in order, and are not too long', () => {
    fc.assert(
      fc.property(
        day,
        day,
        fc.array(day),
        fc.integer({ min: 1, max: 5 }),
        (first, last, without, longest) => {
          const ranges = dayRanges({ first, last, without, longest });
          expect(ranges.flatMap(({ days }) => days)).toEqual(
            daysFrom(first, last).filter((each) => !without.includes(each)),
          );
          for (const { days, first: start, last: end } of ranges) {
            expect(days).toEqual(daysFrom(start, end));
            expect(days.length).toBeLessThanOrEqual(longest);
          }
        },
      ),
    );
  });
});
