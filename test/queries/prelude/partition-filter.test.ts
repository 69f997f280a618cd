import {
  type PartitionWindow,
  partitionFilter,
  timeFilter,
} from '../../../consumer/queries/prelude/partition-filter';

const since = new Date('2026-03-01T05:00:00Z');
const until = new Date('2026-03-31T00:00:00Z');

describe('the partitions that are read', () => {
  it.each<[sentence: string, window: PartitionWindow, filter: string | undefined]>([
    ['are all without a time range', { time: 'happened' }, undefined],
    ['start a day before the time range', { time: 'happened', since }, "dt >= '2026-02-28'"],
    ['end three days after it', { time: 'happened', until }, "dt <= '2026-04-03'"],
    [
      'have both limits for the time of events',
      { time: 'happened', since, until },
      "dt >= '2026-02-28' AND dt <= '2026-04-03'",
    ],
    ['end after the requested look-ahead', { time: 'happened', until, lookAhead: 30 }, "dt <= '2026-04-30'"],
    [
      'end with the time range for a look-ahead of 0',
      { time: 'happened', until, lookAhead: 0 },
      "dt <= '2026-03-31'",
    ],
    [
      'continue to the newest for the outcomes of messages',
      { time: 'sent', since, until },
      "dt >= '2026-02-28'",
    ],
    ['are all for the outcomes of older messages', { time: 'sent', until }, undefined],
    ['continue to the newest for gaps', { time: 'delivered', since, until }, "dt >= '2026-02-28'"],
    ['continue to the newest for latencies', { time: 'arrived', since, until }, "dt >= '2026-02-28'"],
    [
      'end after the requested look-ahead for any kind of time',
      { time: 'sent', since, until, lookAhead: 7 },
      "dt >= '2026-02-28' AND dt <= '2026-04-07'",
    ],
    [
      'end with the last day of partitions at the latest',
      { time: 'happened', until: new Date('9999-12-31T00:00:00Z') },
      "dt <= '9999-12-31'",
    ],
    [
      'end with the last day of partitions for a huge look-ahead',
      { time: 'happened', until, lookAhead: Number.MAX_SAFE_INTEGER },
      "dt <= '9999-12-31'",
    ],
    [
      'start with the first day of partitions at the earliest',
      { time: 'happened', since: new Date('0000-01-01T00:00:00Z') },
      "dt >= '0000-01-01'",
    ],
  ])('%s', (_, window, filter) => {
    expect(partitionFilter(window)).toBe(filter);
  });
});

describe('the event times that are read from the archive', () => {
  const [dayBefore, dayAfter] = [
    "event_time >= TIMESTAMP '2026-02-28 05:00:00.000'",
    "event_time < TIMESTAMP '2026-04-01 00:00:00.000'",
  ];
  it.each<[sentence: string, window: PartitionWindow, filter: string | undefined]>([
    ['are all without a time range', { time: 'happened' }, undefined],
    [
      'have a day before and after the time range, and events without a time',
      { time: 'happened', since, until },
      `(event_time IS NULL OR ${dayBefore} AND ${dayAfter})`,
    ],
    [
      'end a day after the time of events',
      { time: 'happened', until },
      `(event_time IS NULL OR ${dayAfter})`,
    ],
    [
      'do not end for the outcomes of messages',
      { time: 'sent', since, until },
      `(event_time IS NULL OR ${dayBefore})`,
    ],
    ['are all for the outcomes of older messages', { time: 'sent', until }, undefined],
    ['do not end for latencies', { time: 'arrived', since, until }, `(event_time IS NULL OR ${dayBefore})`],
    ['are all for gaps', { time: 'delivered', since, until }, undefined],
    [
      'do not depend on the look-ahead',
      { time: 'happened', since, until, lookAhead: 30 },
      `(event_time IS NULL OR ${dayBefore} AND ${dayAfter})`,
    ],
  ])('%s', (_, window, filter) => {
    expect(timeFilter(window)).toBe(filter);
  });
});
