/** Fills two objects of the default size, minus some space for late events. */
const eventsPerWindow = 38_000;

/** An archive has at least six windows with new mail, so that it has all unusual objects. */
const minWindows = 6;

/** A number of windows per day, which divides the day into whole hours. */
interface DailyWindows {
  count: number;
  /** Upper bound of the share of the busiest window, divided by the average of all windows. */
  peak: number;
}

const twoWindows: DailyWindows = { count: 2, peak: 1.6 };
const dailyWindows: readonly DailyWindows[] = [
  { count: 1, peak: 1.4 },
  twoWindows,
  { count: 4, peak: 2.1 },
  { count: 8, peak: 2.3 },
];
const maxDailyWindows = 24;

/** Below this number of events per day, one window is enough. */
const minEventsForTwoWindows = 500;

const minDays = 3;
const usualDays = 28;
const eventsPerDay = 200;
const maxEventsPerDay = (twoWindows.count * eventsPerWindow) / twoWindows.peak;

/**
 * Returns the default number of days for a number of events: one for each 200 events, from 3 to 28. Above 1.3
 * million events, more days, so that the number of pending events is bounded.
 */
function defaultDays(events: number): number {
  const days = Math.min(Math.max(Math.ceil(events / eventsPerDay), minDays), usualDays);
  return Math.max(days, Math.ceil(events / maxEventsPerDay));
}

/**
 * Returns the number of windows per day, from 1 to 24: as few as possible, without more than 38,000 events in one
 * of them. With more than that in each of 24 windows, they are larger.
 */
function windowsPerDay(events: number, days: number): number {
  const perDay = events / days;
  const isEnough = ({ count, peak }: DailyWindows) =>
    count * days >= minWindows &&
    (count > 1 || perDay < minEventsForTwoWindows) &&
    (perDay * peak) / count <= eventsPerWindow;
  return dailyWindows.find(isEnough)?.count ?? maxDailyWindows;
}

export { defaultDays, windowsPerDay };
