import { type PartitionWindow, partitionFilter } from '../../../consumer/queries/prelude/partition-filter';

const since = new Date('2026-03-01T05:00:00Z');
const until = new Date('2026-03-31T00:00:00Z');

describe('partitions are read', () => {
  it.each<[sentence: string, window: PartitionWindow, filter: string | undefined]>([
    ['all of them without a window', { time: 'happened' }, undefined],
    ['from a day before the window on', { time: 'happened', since }, "dt >= '2026-02-28'"],
    ['to three days behind it', { time: 'happened', until }, "dt <= '2026-04-03'"],
    [
      'between both, for events by their own time',
      { time: 'happened', since, until },
      "dt >= '2026-02-28' AND dt <= '2026-04-03'",
    ],
    ['as far behind it as was asked for', { time: 'happened', until, lookAhead: 30 }, "dt <= '2026-04-30'"],
    [
      'no day behind it when that was asked for',
      { time: 'happened', until, lookAhead: 0 },
      "dt <= '2026-03-31'",
    ],
    ['to the newest, for what became of messages', { time: 'sent', since, until }, "dt >= '2026-02-28'"],
    ['all of them, for what became of older messages', { time: 'sent', until }, undefined],
    ['to the newest, for gaps', { time: 'delivered', since, until }, "dt >= '2026-02-28'"],
    ['to the newest, for how late events are', { time: 'arrived', since, until }, "dt >= '2026-02-28'"],
    [
      'to a day that was asked for, whatever the window is about',
      { time: 'sent', since, until, lookAhead: 7 },
      "dt >= '2026-02-28' AND dt <= '2026-04-07'",
    ],
    [
      'to the last day that a partition can have, whatever was asked for',
      { time: 'happened', until: new Date('9999-12-31T00:00:00Z') },
      "dt <= '9999-12-31'",
    ],
    [
      'to the last day, for a look-ahead beyond all time',
      { time: 'happened', until, lookAhead: Number.MAX_SAFE_INTEGER },
      "dt <= '9999-12-31'",
    ],
    [
      'from the first day that a partition can have',
      { time: 'happened', since: new Date('0000-01-01T00:00:00Z') },
      "dt >= '0000-01-01'",
    ],
  ])('%s', (_, window, filter) => {
    expect(partitionFilter(window)).toBe(filter);
  });
});
