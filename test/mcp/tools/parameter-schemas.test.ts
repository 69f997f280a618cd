import { parameterSchemas, parameterValuesOf } from '../../../consumer/mcp/tools/parameter-schemas';

const hour = 3_600_000;

describe('the texts of a request', () => {
  it.each(['subject', 'domain', 'recipient', 'tenant'] as const)('%s has no NUL character', (name) => {
    expect(parameterSchemas[name].safeParse('a\0b').success).toBe(false);
    expect(parameterSchemas[name].safeParse('a b').success).toBe(true);
  });
});

describe('the times of a request', () => {
  it.each([
    ['2026-03-01', '2026-03-01T00:00:00.000Z'],
    ['2026-03-01T12:00Z', '2026-03-01T12:00:00.000Z'],
    ['2026-03-01T12:00:00+02:00', '2026-03-01T10:00:00.000Z'],
  ])('%s is in UTC without an offset', (text, time) => {
    expect(parameterValuesOf({ since: text }).since).toEqual(new Date(time));
  });

  it.each([
    ['24h', 24],
    ['7d', 7 * 24],
    ['P1W', 7 * 24],
  ])('%s is before now', (text, hours) => {
    const before = Date.now();
    const since = parameterValuesOf({ since: text }).since?.getTime() ?? 0;
    expect(since).toBeGreaterThanOrEqual(before - hours * hour);
    expect(since).toBeLessThanOrEqual(Date.now() - hours * hour);
  });

  it.each(['soon', '2026-13-01', '', '1x'])('%j is an error with the form', (since) => {
    expect(() => parameterValuesOf({ since })).toThrow(
      `since must be a day or time, such as 2026-03-01 or 2026-03-01T12:00Z, or a duration before now, such as 24h or 7d: received ${JSON.stringify(since)}`,
    );
  });

  it('must be in order', () => {
    expect(() => parameterValuesOf({ since: '2026-03-02', until: '2026-03-01' })).toThrow(
      'since must be before until',
    );
  });

  it('are optional, and other parameters are unchanged', () => {
    expect(parameterValuesOf({ domain: 'example.com', limit: 3 })).toEqual({
      domain: 'example.com',
      limit: 3,
      since: undefined,
      until: undefined,
    });
  });
});
