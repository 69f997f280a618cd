import { mailWeight } from './rhythm';
import { windowsPerDay } from './windows';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const halfDay = 12 * hour;

/** One window of each day begins at 07:00 UTC. The others are at equal distances. */
const mainHour = 7;

/**
 * Messages are sent in the first five minutes of a window. Later events of the window are in the other ten.
 */
const sendingMillis = 5 * minute;

/** Days on which recipients read old mail: every two weeks. */
const daysBetweenLateReads = 14;
const daysPerWeek = 7;

/** A time at which mail is sent, and the share of all mail before its end. */
interface Window {
  /** In epoch milliseconds. */
  start: number;
  /** From 0 to 1. */
  shareBefore: number;
  shareAfter: number;
}

/**
 * The times of all messages and events. They are in windows of 15 minutes. Firehose cannot buffer for longer, so
 * an object can contain all events of a window, and every archive has few objects. Weekdays have more mail than
 * weekends, and mornings more than evenings.
 */
class Calendar {
  /** Number of days with new mail. */
  readonly days: number;
  private readonly origin: number;
  private readonly windowsPerDay: number;
  private readonly windows: readonly Window[];

  /**
   * @param start the first day, in UTC
   * @param days at least one
   */
  constructor(start: Date, events: number, days: number) {
    this.days = days;
    this.origin = Math.floor(start.getTime() / day) * day;
    this.windowsPerDay = windowsPerDay(events, days);
    this.windows = this.createWindows();
  }

  /**
   * Returns the time at which a message is sent, in epoch milliseconds. Ascending by position.
   *
   * @param position share of the archive before the message, from 0 to below 1
   */
  sendTime(position: number): number {
    const { start, shareBefore, shareAfter } = this.windowAt(position);
    const millis = Math.floor((sendingMillis * (position - shareBefore)) / (shareAfter - shareBefore));
    return start + Math.min(millis, sendingMillis - 1); // a position just below the end can be rounded up to it
  }

  /** Returns the number of a time's day, from 0. */
  dayOf(time: number): number {
    return Math.floor((time - this.origin) / day);
  }

  /** Returns the day of the week of a day's number: 0 is Sunday. */
  weekdayOf(dayNumber: number): number {
    return new Date(this.origin + dayNumber * day).getUTCDay();
  }

  /**
   * Returns the milliseconds to the window that is a number of half days later. With one window per day, it is a
   * day for each two half days, and at least one.
   */
  millisOfHalfDays(count: number): number {
    if (count === 0) return 0;
    return this.windowsPerDay === 1 ? Math.max(1, Math.floor(count / 2)) * day : count * halfDay;
  }

  /**
   * Returns the milliseconds, at least a week, until recipients read old mail. All late reads share a few
   * days. Otherwise, the archive would end with many objects of one record each.
   */
  millisUntilLateReads(time: number): number {
    // The last of these days is a week after the last new mail.
    const wait = (this.days - 1 - this.dayOf(time)) % daysBetweenLateReads;
    return (daysPerWeek + ((wait + daysBetweenLateReads) % daysBetweenLateReads)) * day;
  }

  /** Returns the last window that begins at or before a position. */
  private windowAt(position: number): Window {
    const { windows } = this;
    let [low, high] = [0, windows.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((windows[middle] as Window).shareBefore <= position) low = middle;
      else high = middle - 1;
    }
    return windows[low] as Window; // there is at least one window
  }

  private createWindows(): Window[] {
    const hours = Array.from({ length: this.windowsPerDay }, (_, index) => index);
    const step = 24 / this.windowsPerDay;
    const weighted = Array.from({ length: this.days }, (_, dayNumber) =>
      hours.map((index) => {
        const hourOfDay = (mainHour % step) + index * step;
        return {
          start: this.origin + dayNumber * day + hourOfDay * hour,
          weight: mailWeight(this.weekdayOf(dayNumber), hourOfDay),
        };
      }),
    ).flat();
    const total = weighted.reduce((sum, { weight }) => sum + weight, 0);
    let before = 0;
    return weighted.map(({ start, weight }) => {
      const shareBefore = before / total;
      before += weight;
      return { start, shareBefore, shareAfter: before / total };
    });
  }
}

export { Calendar, halfDay };
