import { Calendar, halfDay } from '../../../consumer/sample/time/calendar';

const start = new Date('2026-08-04T00:00:00Z');
const million = 1_000_000;

/** Returns the number of messages before the second window. */
function messagesInFirstWindow(calendar: Calendar): number {
  const firstWindow = calendar.sendTime(0, 0);
  let count = 0;
  while (calendar.sendTime(count, 0) < firstWindow + halfDay) count++;
  return count;
}

describe('Calendar', () => {
  it('sends messages in the first five minutes of a window, in order', () => {
    const calendar = new Calendar(start, 1_000);
    let before = 0;
    for (let index = 0; index < 1_000; index++) {
      const time = calendar.sendTime(index, (index % 10) / 10);
      expect(time).toBeGreaterThanOrEqual(before);
      expect((time - calendar.sendTime(0, 0)) % halfDay).toBeLessThan(5 * 60 * 1000);
      before = time;
    }
  });

  it('adds windows above a million events, so that the number of pending events is bounded', () => {
    const full = messagesInFirstWindow(new Calendar(start, million));
    expect(messagesInFirstWindow(new Calendar(start, 2_000))).toBeLessThan(full / 100);
    for (const millions of [2, 10, 1_000]) {
      const count = messagesInFirstWindow(new Calendar(start, millions * million));
      expect(Math.abs(count - full)).toBeLessThan(full * 0.04);
    }
  });

  it('puts late reads into a few windows, one to three weeks later', () => {
    const calendar = new Calendar(start, 1_000);
    const windows = new Set<number>();
    for (let window = 0; window < 48; window++) {
      const wait = calendar.windowsUntilLateReads(calendar.sendTime(0, 0) + window * halfDay);
      expect(wait).toBeGreaterThanOrEqual(14);
      expect(wait).toBeLessThan(42);
      windows.add(window + wait);
    }
    expect([...windows]).toEqual([24, 48, 72]);
  });
});
