import fc from 'fast-check';
import { parseTimeAt } from '../../../consumer/queries/questions/time-text';
import { run } from '../../cli/run-command';

const now = new Date('2026-03-31T15:30:00.000Z');

describe('the time of an option', () => {
  it.each([
    ['2026-03-01', '2026-03-01T00:00:00.000Z'],
    ['2026-03-01T12:00Z', '2026-03-01T12:00:00.000Z'],
    ['2026-03-01T12:00:00+02:00', '2026-03-01T10:00:00.000Z'],
    ['today', '2026-03-31T00:00:00.000Z'],
    ['Yesterday', '2026-03-30T00:00:00.000Z'],
    ['24h', '2026-03-30T15:30:00.000Z'],
    ['7d', '2026-03-24T15:30:00.000Z'],
    ['8W', '2026-02-03T15:30:00.000Z'],
    ['P1M', '2026-02-28T15:30:00.000Z'],
  ])('%s is %s', (text, time) => {
    expect(parseTimeAt(text, now).toISOString()).toBe(time);
  });

  it.each([
    '',
    'soon',
    '7',
    '-7d',
    '7d ago',
    '2026-02-30',
    'toString',
    'constructor',
    '__proto__',
    '999999999h',
  ])('rejects %j', (text) => {
    expect(() => parseTimeAt(text, now)).toThrow('or a duration before now, such as 24h, 7d or 8w.');
  });

  it.each([
    ['2026-03-01', 'Europe/Berlin', '2026-02-28T23:00:00.000Z'],
    ['2026-03-01', 'Asia/Kathmandu', '2026-02-28T18:15:00.000Z'],
    ['2026-03-30', 'Europe/Berlin', '2026-03-29T22:00:00.000Z'],
    ['2026-03-01T12:00', 'America/New_York', '2026-03-01T17:00:00.000Z'],
    ['2026-03-01 12:00:01,5', 'America/New_York', '2026-03-01T17:00:01.500Z'],
    ['2026-03-01T12:00Z', 'America/New_York', '2026-03-01T12:00:00.000Z'],
    ['2026-03-01T12:00:00+02:00', 'America/New_York', '2026-03-01T10:00:00.000Z'],
    ['2026-03-01T12:00:00 -0200', 'America/New_York', '2026-03-01T14:00:00.000Z'],
    ['2026-03-29T02:30', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
    ['2026-10-25T02:30', 'Europe/Berlin', '2026-10-25T00:30:00.000Z'],
    ['today', 'Asia/Tokyo', '2026-03-31T15:00:00.000Z'],
    ['yesterday', 'Asia/Tokyo', '2026-03-30T15:00:00.000Z'],
    ['today', 'Pacific/Honolulu', '2026-03-31T10:00:00.000Z'],
    ['24h', 'Europe/Berlin', '2026-03-30T15:30:00.000Z'],
    ['7d', 'Europe/Berlin', '2026-03-24T15:30:00.000Z'],
    ['P1M', 'Europe/Berlin', '2026-02-28T15:30:00.000Z'],
  ])('%s in %s is %s', (text, zone, time) => {
    expect(parseTimeAt(text, now, zone).toISOString()).toBe(time);
  });

  it('is a whole number of hours before now for any number of hours', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999 }), (hours) => {
        expect(now.getTime() - parseTimeAt(`${hours}h`, now).getTime()).toBe(hours * 3_600_000);
      }),
    );
  });

  it.each([
    ['read', '.'],
    ['export', '--format', 'csv'],
    ['trace', 'ana@example.com'],
    ['ask', 'kinds'],
  ])('can be a duration in %s', async (...args) => {
    const { stderr } = await run([...args, '--since', '7d', '--until', '14d']);
    expect(stderr).toMatch(/^error: --since must be before --until/);
  });
});
