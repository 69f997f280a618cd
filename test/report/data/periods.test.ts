import { axisTime, endOfPeriod, periodOfMarks } from '../../../consumer/report/data/periods';

const days = (count: number) => ({ since: new Date(0), until: new Date(count * 24 * 3_600_000) });

describe('the periods of a picture', () => {
  it.each([
    [1, 'day'],
    [100, 'day'],
    [101, 'week'],
    [730, 'week'],
    [731, 'month'],
  ])('of a range of %d days are each a %s', (count, period) => {
    expect(periodOfMarks(days(count))).toBe(period);
  });

  it.each([
    ['day', '2026-02-28', '2026-03-01'],
    ['week', '2026-12-28', '2027-01-04'],
    ['month', '2026-12-01', '2027-01-01'],
  ] as const)('end with a %s', (period, start, end) => {
    expect(endOfPeriod(axisTime(start), period)).toEqual(axisTime(end));
  });
});
