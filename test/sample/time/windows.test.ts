import { defaultDays } from '../../../consumer/sample/time/windows';

describe('defaultDays', () => {
  it.each([
    [0, 3],
    [600, 3],
    [601, 4],
    [2_000, 10],
    [5_600, 28],
    [20_000, 28],
    [1_000_000, 28],
    [10_000_000, 211],
  ])('returns, for %d events, %d days', (events, days) => {
    expect(defaultDays(events)).toBe(days);
  });
});
