import fc from 'fast-check';
import { localTime, timeOfLocal } from '../../consumer/texts/local-time';

const anyZone = fc.constantFrom('UTC', ...Intl.supportedValuesOf('timeZone'));
const anyTime = fc
  .integer({ min: Date.parse('1960-01-01T00:00Z') / 1000, max: Date.parse('2040-01-01T00:00Z') / 1000 })
  .map((seconds) => new Date(seconds * 1000));

describe('the local time of a zone', () => {
  it('equals that of Intl for any time and zone', () => {
    fc.assert(
      fc.property(anyZone, anyTime, (timeZone, time) => {
        const format = new Intl.DateTimeFormat('sv-SE', {
          timeZone,
          dateStyle: 'short',
          timeStyle: 'medium',
        });
        expect(localTime(time, timeZone).toISOString().slice(0, 19).replace('T', ' ')).toBe(
          format.format(time),
        );
      }),
    );
  });

  it.each([
    ['2026-03-01T12:00:00.123Z', 'UTC', '2026-03-01T12:00:00.123Z'],
    ['2026-03-01T12:00:00.123Z', 'Asia/Kathmandu', '2026-03-01T17:45:00.123Z'],
    ['1890-01-01T00:00:00.000Z', 'America/New_York', '1889-12-31T19:00:00.000Z'],
    ['1883-01-01T00:00:00.000Z', 'America/New_York', '1882-12-31T19:03:58.000Z'],
    ['9999-12-31T23:59:59.000Z', 'Europe/Berlin', '+010000-01-01T00:59:59.000Z'],
  ])('%s in %s is %s', (time, zone, local) => {
    expect(localTime(new Date(time), zone).toISOString()).toBe(local);
  });
});

describe('the time of a local time', () => {
  it.each([
    ['an ordinary one', 'Europe/Berlin', '2026-03-01T00:00', '2026-02-28T23:00'],
    ['one with an offset of quarter hours', 'Asia/Kathmandu', '2026-03-01T00:00', '2026-02-28T18:15'],
    ['the last before a gap', 'Europe/Berlin', '2026-03-29T01:59', '2026-03-29T00:59'],
    ['one in a gap, which is later by the gap', 'Europe/Berlin', '2026-03-29T02:30', '2026-03-29T01:30'],
    ['the first after a gap', 'Europe/Berlin', '2026-03-29T03:00', '2026-03-29T01:00'],
    ['one in a gap of half an hour', 'Australia/Lord_Howe', '2026-10-04T02:15', '2026-10-03T15:45'],
    ['a midnight that does not exist', 'Asia/Beirut', '2026-03-29T00:00', '2026-03-28T22:00'],
    ['the first of two', 'Europe/Berlin', '2026-10-25T02:30', '2026-10-25T00:30'],
    ['the first of two midnights', 'America/Havana', '2026-11-01T00:00', '2026-11-01T04:00'],
    ['one after both', 'Europe/Berlin', '2026-10-25T03:00', '2026-10-25T02:00'],
  ])('is right for %s', (_, zone, local, time) => {
    expect(timeOfLocal(new Date(`${local}Z`), zone)).toEqual(new Date(`${time}Z`));
  });

  it('has this local time, and is the first that has', () => {
    fc.assert(
      fc.property(anyZone, anyTime, (zone, time) => {
        const local = localTime(time, zone);
        const found = timeOfLocal(local, zone);
        expect(localTime(found, zone)).toEqual(local);
        expect(found.getTime()).toBeLessThanOrEqual(time.getTime());
      }),
    );
  });
});
