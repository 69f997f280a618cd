const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** From one window to the next, in milliseconds. */
const halfDay = 12 * hour;

/** At 07:00 and 19:00 UTC. */
const firstWindow = 7 * hour;

/** Messages are sent in the first five minutes of a window; whatever follows in it, in the other ten. */
const sendingMillis = 5 * minute;

/** Two objects of the default size, with some room for late events. */
const eventsPerWindow = 38_000;
const fewestWindows = 6;
const fewestMessagesPerWindow = 8;

/** How many messages an event takes, by the mix of stories. */
const messagesPerEvent = 0.38;

/** How many windows apart the days are on which people come back to mail that is weeks old. */
const windowsBetweenReviews = 24;
const weekInWindows = 14;

/**
 * When things happen. All traffic comes in windows of 15 minutes, two a day: the longest time that
 * Firehose can be told to buffer, so that an object may hold all of a window, and an archive of any size
 * has few objects. The windows grow with the number of events up to 38,000 each; then there are more
 * windows, so that what is still to come at any time is bounded.
 */
class Calendar {
  private readonly origin: number;
  private readonly messagesPerWindow: number;

  constructor(start: Date, events: number) {
    this.origin = Math.floor(start.getTime() / day) * day + firstWindow;
    const windows = Math.max(fewestWindows, Math.ceil(events / eventsPerWindow));
    this.messagesPerWindow = Math.max(
      fewestMessagesPerWindow,
      Math.ceil((events * messagesPerEvent) / windows),
    );
  }

  /**
   * When the message with that index, from 0, is sent, in epoch milliseconds; never before the one before.
   *
   * @param fraction where in its slot, from 0 to below 1
   */
  sendTime(index: number, fraction: number): number {
    const window = Math.floor(index / this.messagesPerWindow);
    const slot = (index % this.messagesPerWindow) + fraction;
    return this.origin + window * halfDay + Math.floor((slot * sendingMillis) / this.messagesPerWindow);
  }

  /**
   * How many windows later, at least a week, old mail is looked at again. All late readers share a few
   * windows, or the archive would end in a trail of objects with one record each.
   */
  windowsUntilReview(time: number): number {
    const earliest = Math.floor((time - this.origin) / halfDay) + weekInWindows;
    return (
      weekInWindows + ((windowsBetweenReviews - (earliest % windowsBetweenReviews)) % windowsBetweenReviews)
    );
  }
}

export { Calendar, halfDay };
