import fc from 'fast-check';
import { parseTimeAt } from '../../../consumer/cli/options/time-option';
import { run } from '../run-command';

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

  it.each(['', 'soon', '7', '-7d', '7d ago', '2026-02-30', 'toString', '999999999h'])(
    'rejects %j',
    (text) => {
      expect(() => parseTimeAt(text, now)).toThrow('or a duration before now, such as 24h, 7d or 8w.');
    },
  );

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
