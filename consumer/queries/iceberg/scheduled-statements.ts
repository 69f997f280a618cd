import {
  archiveTables,
  archiveTombstones,
  archiveWindows,
  createTable,
  eventArchive,
} from './archive-tables';
import type { ArrivalDays } from './arrival-days';
import { deleteOldEvents, deleteOldUndated, joinFiles, removeOldFiles } from './maintenance';
import { mergeEvents } from './merge-events';
import { recordWindows } from './record-windows';

/** A statement that a schedule runs every day, in Athena's SQL. */
interface ScheduledStatement {
  /** In kebab-case. */
  name: string;
  description: string;
  sql: string;
  /** Minutes after the time of the schedule. */
  minutesAfter: number;
}

/** A number of days, or an expression for it. */
type Days = number | string;

/** The data that the statements depend on. Every text can be a token of the caller. */
interface ArchiveTableOptions {
  /** The folder of the tables, `s3://bucket/prefix/`. */
  location: string;
  /** Days after a day of arrival during which its objects are merged again. */
  lateDays: Days;
  /**
   * Days after which events are deleted.
   * @default - events are kept
   */
  retentionDays?: Days | undefined;
}

/** A day before today, in UTC, as an expression. */
const daysAgo = (days: number | string) => `date_add('day', -(${days}), current_date)`;

/** Further days that are recorded, because a schedule can fail. Only days that are not recorded yet are read. */
const repeatedDays = 3;

/** The last day is yesterday, because the objects of today are incomplete. */
const mergedDays = (lateDays: Days): ArrivalDays => ({
  first: daysAgo(`${lateDays} + ${repeatedDays}`),
  last: daysAgo(1),
  unrecordedOnly: true,
});

/** Days whose objects have all arrived. */
const recordedDays = (lateDays: Days): ArrivalDays => ({
  first: daysAgo(`${lateDays} + ${repeatedDays}`),
  last: daysAgo(lateDays),
  unrecordedOnly: true,
});

/**
 * Returns the statements that fill and maintain the Iceberg archive, in the order in which they run every day. None
 * depends on the success of an earlier one: what did not run today is done tomorrow.
 *
 * @example
 * ```ts
 * scheduledStatements({ location: 's3://email-events/archive/', lateDays: 2 });
 * ```
 */
function scheduledStatements(options: ArchiveTableOptions): readonly ScheduledStatement[] {
  const { location, lateDays, retentionDays } = options;
  const { events, windows, tombstones } = archiveTables;
  return [
    {
      name: 'create-archive',
      description: `Creates ${events} if it does not exist.`,
      sql: createTable(eventArchive, location),
      minutesAfter: 0,
    },
    {
      name: 'create-windows',
      description: `Creates ${windows} if it does not exist.`,
      sql: createTable(archiveWindows, location),
      minutesAfter: 0,
    },
    {
      name: 'create-tombstones',
      description: `Creates ${tombstones} if it does not exist.`,
      sql: createTable(archiveTombstones, location),
      minutesAfter: 0,
    },
    {
      name: 'merge-events',
      description: `Adds the events of the last days of arrival that happened around these days to ${events}, each once.`,
      sql: mergeEvents(mergedDays(lateDays), 'around'),
      minutesAfter: 5,
    },
    {
      name: 'merge-other-events',
      description: `Adds the events of the last days of arrival from other times to ${events}, each once.`,
      sql: mergeEvents(mergedDays(lateDays), 'other'),
      // By default, Athena cancels a statement after 30 minutes, so both merges seldom run at once.
      minutesAfter: 35,
    },
    {
      name: 'record-windows',
      description: `Records in ${windows} the days of arrival whose events are all in ${events}.`,
      sql: recordWindows(recordedDays(lateDays)),
      minutesAfter: 65,
    },
    ...(retentionDays === undefined
      ? []
      : [
          {
            name: 'delete-old-events',
            description: `Deletes events of ${events} that are older than the retention.`,
            sql: deleteOldEvents(retentionDays),
            minutesAfter: 95,
          },
          {
            name: 'delete-old-undated-events',
            description: `Deletes events of ${events} without a time that arrived before the retention.`,
            sql: deleteOldUndated(retentionDays),
            minutesAfter: 105,
          },
        ]),
    {
      name: 'compact-files',
      description: `Joins small files of ${events}.`,
      sql: joinFiles(events),
      minutesAfter: 125,
    },
    {
      name: 'compact-windows',
      description: `Joins small files of ${windows}.`,
      sql: joinFiles(windows),
      minutesAfter: 125,
    },
    {
      name: 'remove-old-files',
      description: `Removes snapshots of ${events} that are older than six hours, with their files.`,
      sql: removeOldFiles(events),
      minutesAfter: 185,
    },
    {
      name: 'remove-old-windows',
      description: `Removes snapshots of ${windows} that are older than six hours, with their files.`,
      sql: removeOldFiles(windows),
      minutesAfter: 185,
    },
  ];
}

export { type ArchiveTableOptions, scheduledStatements };
