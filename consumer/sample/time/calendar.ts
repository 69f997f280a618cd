const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** Time between two windows, in milliseconds. */
const halfDay = 12 * hour;

/** Windows begin at 07:00 and 19:00 UTC. */
const firstWindow = 7 * hour;

/**
 * Messages are sent in the first five minutes of a window. Later events of the window are in the other ten.
 */
const sendingMillis = 5 * minute;

/** Fills two objects of the default size, minus some space for late events. */
const eventsPerWindow = 38_000;
const minWindows = 6;
const minMessagesPerWindow = 8;

/** Number of messages per event, for the mix of scenarios. */
const messagesPerEvent = 0.38;

/** Number of windows between the days on which recipients read old mail. */
const windowsBetweenLateReads = 24;
const windowsPerWeek = 14;

/**
 * The times of all messages and events. They are in windows of 15 minutes, two per day. Firehose cannot
 * buffer for longer, so an object can contain all events of a window, and every archive has few objects. The
 * windows grow with the number of events, up to 38,000 each. Above that, the number of windows grows, so that
 * the number of pending events is bounded.
 */
class Calendar {
  private readonly origin: number;
  private readonly messagesPerWindow: number;

  constructor(start: Date, events: number) {
    this.origin = Math.floor(start.getTime() / day) * day + firstWindow;
    const windows = Math.max(minWindows, Math.ceil(events / eventsPerWindow));
    this.messagesPerWindow = Math.max(minMessagesPerWindow, Math.ceil((events * messagesPerEvent) / windows));
  }

  /**
   * Returns the send time of the message with an index, from 0, in epoch milliseconds. Ascending by index.
   *
   * @param fraction position in its slot, from 0 to below 1
   */
  sendTime(index: number, fraction: number): number {
    const window = Math.floor(index / this.messagesPerWindow);
    const slot = (index % this.messagesPerWindow) + fraction;
    return this.origin + window * halfDay + Math.floor((slot * sendingMillis) / this.messagesPerWindow);
  }

  /**
   * Returns the number of windows, at least a week, until recipients read old mail. All late reads share a
   * few windows. Otherwise, the archive would end with many objects of one record each.
   */
  windowsUntilLateReads(time: number): number {
    const earliest = Math.floor((time - this.origin) / halfDay) + windowsPerWeek;
    return (
      windowsPerWeek +
      ((windowsBetweenLateReads - (earliest % windowsBetweenLateReads)) % windowsBetweenLateReads)
    );
  }
}

export { Calendar, halfDay };
