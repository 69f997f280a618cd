import { axisTime, endOfPeriod, periodOfMarks, rangeOfPeriod } from '../../../consumer/report/data/periods';

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

  it.each([
    ['2026-03-29', 'day', '2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z'],
    ['2026-03-23', 'week', '2026-03-25T06:00:00.000Z', '2026-03-29T22:00:00.000Z'],
    ['2026-03-01', 'month', '2026-03-25T06:00:00.000Z', '2026-03-31T22:00:00.000Z'],
    ['2026-04-01', 'month', '2026-03-31T22:00:00.000Z', '2026-04-10T00:00:00.000Z'],
  ] as const)('of the row %s by %s cover its time within the scope', (start, period, since, until) => {
    const scope = {
      since: new Date('2026-03-25T06:00:00Z'),
      until: new Date('2026-04-10T00:00:00Z'),
      timezone: 'Europe/Berlin',
    };
    expect(rangeOfPeriod(start, period, scope)).toEqual({ since: new Date(since), until: new Date(until) });
  });
});
