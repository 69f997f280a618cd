import fc from 'fast-check';
import { Calendar } from '../../../consumer/sample/time/calendar';
import { defaultDays } from '../../../consumer/sample/time/windows';

const start = new Date('2026-08-04T00:00:00Z');
const hour = 60 * 60 * 1000;
const day = 24 * hour;
const million = 1_000_000;

/** Returns the send times of messages at equal distances. */
function sendTimes(calendar: Calendar, messages: number): number[] {
  return Array.from({ length: messages }, (_, index) => calendar.sendTime(index / messages));
}

/** Returns the number of messages per key. */
function countBy<Key>(times: readonly number[], keyOf: (time: number) => Key): Map<Key, number> {
  const counts = new Map<Key, number>();
  for (const time of times) counts.set(keyOf(time), (counts.get(keyOf(time)) ?? 0) + 1);
  return counts;
}

/** Returns the share of the messages in the window with the most messages. */
function busiestShare(calendar: Calendar): number {
  const counts = countBy(sendTimes(calendar, 20_000), (time) => Math.floor(time / hour));
  return Math.max(...counts.values()) / 20_000;
}

describe('Calendar', () => {
  it('sends messages in the first five minutes of a window, in order, on all days and no other', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 366 }),
        fc.integer({ min: 1, max: 10 * million }),
        (days, events) => {
          const times = sendTimes(new Calendar(start, events, days), 20_000);
          expect(times.every((time, index) => time >= (times[index - 1] ?? 0))).toBe(true);
          expect(times.every((time) => time % hour < 5 * 60 * 1000)).toBe(true);
          const used = countBy(times, (time) => Math.floor((time - start.getTime()) / day));
          expect([...used.keys()]).toEqual(Array.from({ length: days }, (_, number) => number));
        },
      ),
      { numRuns: 30 },
    );
  });

  it('sends less on weekends than on weekdays, and less in the evening than in the morning', () => {
    const times = sendTimes(new Calendar(start, 20_000, 28), 20_000);
    const byWeekday = countBy(times, (time) => new Date(time).getUTCDay());
    const count = (weekday: number) => byWeekday.get(weekday) ?? 0;
    const quietestWeekday = Math.min(...[1, 2, 3, 4, 5].map(count));
    expect(count(6)).toBeLessThan(quietestWeekday / 2);
    expect(count(0)).toBeLessThan(count(6));
    expect(count(0)).toBeGreaterThan(0);
    const byHour = countBy(times, (time) => new Date(time).getUTCHours());
    expect([...byHour.keys()]).toEqual([7, 19]);
    expect(byHour.get(7)).toBeGreaterThan(1.4 * (byHour.get(19) ?? 0));
  });

  it.each([
    [2_000, 10, 1],
    [20_000, 28, 2],
    [300, 3, 2],
    [5, 1, 8],
    [million, 20, 4],
    [10 * million, 20, 24],
    [million, 10, 8],
  ])('has as few windows per day as possible (%d events on %d days: %d)', (events, days, windows) => {
    const calendar = new Calendar(start, events, days);
    const used = countBy(sendTimes(calendar, 50_000), (time) => Math.floor(time / hour));
    expect(used.size).toBe(windows * days);
  });

  it('adds days or windows for many events, so that the number of pending events is bounded', () => {
    for (const events of [million, 2 * million, 10 * million]) {
      expect(events * busiestShare(new Calendar(start, events, defaultDays(events)))).toBeLessThan(40_000);
    }
    expect(5 * million * busiestShare(new Calendar(start, 5 * million, 28))).toBeLessThan(40_000);
  });

  it('numbers days from the start, and knows their day of the week', () => {
    const calendar = new Calendar(new Date('2026-08-04T23:59:00Z'), 1_000, 5);
    expect(calendar.dayOf(calendar.sendTime(0))).toBe(0);
    expect(calendar.dayOf(Date.parse('2026-08-16T00:00:00Z'))).toBe(12);
    expect([0, 4, 5].map((number) => calendar.weekdayOf(number))).toEqual([2, 6, 0]); // from Tuesday on
  });

  it('moves later events by half days, or by whole days if a day has one window', () => {
    const moves = (events: number, days: number) => {
      const calendar = new Calendar(start, events, days);
      return [0, 1, 2, 3, 4].map((count) => calendar.millisOfHalfDays(count) / hour);
    };
    expect(moves(20_000, 28)).toEqual([0, 12, 24, 36, 48]);
    expect(moves(2_000, 10)).toEqual([0, 24, 24, 24, 48]);
  });

  it('puts late reads into a few days, one to three weeks later', () => {
    const calendar = new Calendar(start, 20_000, 28);
    const days = new Set<number>();
    for (const time of sendTimes(calendar, 20_000)) {
      const wait = calendar.millisUntilLateReads(time);
      expect(wait).toBeGreaterThanOrEqual(7 * day);
      expect(wait).toBeLessThan(21 * day);
      days.add(calendar.dayOf(time + wait));
    }
    expect([...days]).toEqual([20, 34]);
  });
});
