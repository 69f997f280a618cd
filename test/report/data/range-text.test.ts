import { rangeText } from '../../../consumer/report/data/range-text';

describe('the text of a range', () => {
  it.each([
    ['whole days', '2026-03-01T00:00:00Z', '2026-03-08T00:00:00Z', 'UTC', '2026-03-01 to 2026-03-07, 7 days'],
    ['one day', '2026-03-01T00:00:00Z', '2026-03-02T00:00:00Z', 'UTC', '2026-03-01, 1 day'],
    [
      'days of a zone whose clocks change',
      '2026-03-28T23:00:00Z',
      '2026-03-30T22:00:00Z',
      'Europe/Berlin',
      '2026-03-29 to 2026-03-30, 2 days',
    ],
    [
      'other times',
      '2026-03-01T06:00:00Z',
      '2026-03-02T00:00:00Z',
      'UTC',
      '2026-03-01 06:00:00 to 2026-03-02 00:00:00',
    ],
  ])('of %s', (_, since, until, zone, expected) => {
    expect(rangeText({ since: new Date(since), until: new Date(until) }, zone)).toBe(expected);
  });
});
