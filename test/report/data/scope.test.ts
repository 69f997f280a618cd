import { reportScope } from '../../../consumer/report/data/scope';

const newest = new Date('2026-03-10T12:34:56Z');
const now = new Date('2026-03-20T08:00:00Z');
const texts = ({ since, until }: { since: Date; until: Date }) => [since.toISOString(), until.toISOString()];

describe('the scope of a report', () => {
  it('has the 30 days that end with the day of the newest event', () => {
    const scope = reportScope({}, newest, now);
    expect(texts(scope)).toEqual(['2026-02-09T00:00:00.000Z', '2026-03-11T00:00:00.000Z']);
    expect(texts(scope.before)).toEqual(['2026-01-10T00:00:00.000Z', '2026-02-09T00:00:00.000Z']);
    expect(scope).toMatchObject({ timezone: 'UTC', filters: {} });
  });

  it('has whole days of its time zone, also when clocks change', () => {
    const scope = reportScope({ timezone: 'Europe/Berlin' }, new Date('2026-04-10T23:30:00Z'), now);
    expect(texts(scope)).toEqual(['2026-03-12T23:00:00.000Z', '2026-04-11T22:00:00.000Z']);
    expect(texts(scope.before)).toEqual(['2026-02-10T23:00:00.000Z', '2026-03-12T23:00:00.000Z']);
  });

  it('has the range and the filters that are given', () => {
    const since = new Date('2026-03-01T06:00:00Z');
    const until = new Date('2026-03-02T06:00:00Z');
    const scope = reportScope({ since, until, domain: 'example.com' }, newest, now);
    expect(texts(scope)).toEqual([since.toISOString(), until.toISOString()]);
    expect(texts(scope.before)).toEqual(['2026-02-28T06:00:00.000Z', since.toISOString()]);
    expect(scope.filters).toEqual({ domain: 'example.com' });
  });

  it.each([
    ['the newest event is before its start', '2026-03-13T08:00:00Z', '2026-03-21T00:00:00.000Z'],
    ['its start is in the future', '2026-04-01T08:00:00Z', '2026-04-02T00:00:00.000Z'],
    ['it starts after the newest event, on the same day', '2026-03-10T20:00:00Z', '2026-03-11T00:00:00.000Z'],
  ])('ends after its start when %s', (_, text, end) => {
    const since = new Date(text);
    expect(texts(reportScope({ since }, newest, now))).toEqual([since.toISOString(), end]);
  });
});
