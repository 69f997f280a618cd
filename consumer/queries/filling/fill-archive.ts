import { type AthenaEngine, readAll } from '../engines/athena/athena-engine';
import { MissingTableError, QueryError, ScanLimitError } from '../engines/engine';
import { archiveTables, createTable, icebergTables, recordedDays } from '../iceberg/archive-tables';
import type { EventTimes } from '../iceberg/event-times';
import { joinFiles, removeOldFiles } from '../iceberg/maintenance';
import { mergeEvents } from '../iceberg/merge-events';
import { recordWindows } from '../iceberg/record-windows';
import { type DayRange, dayRanges, literalDays, rangeOf, shiftDay } from './day-ranges';
import { mergeDays } from './merge-days';
import { runRepeatedly } from './run-repeatedly';

/** Options of {@link fillArchive}. Days are of arrival, in UTC, as yyyy-MM-dd. */
interface FillOptions {
  /**
   * The first day to merge.
   * @default - the first day that was recorded
   */
  since?: string | undefined;
  /**
   * The last day to merge.
   * @default - yesterday
   */
  until?: string | undefined;
  /** Whether recorded days are merged again, because objects arrived later. @default false */
  again?: boolean | undefined;
  /** Days after a day of arrival during which its objects can arrive. Younger days are not recorded. */
  lateDays: number;
  /** The folder of the tables, `s3://bucket/prefix/`. Required to create them. */
  location?: string | undefined;
  /** Today, in UTC. */
  today: string;
  /** Called before each statement. */
  onStep?: ((step: FillStep) => void) | undefined;
}

/** A statement of {@link fillArchive}, and its number among all. */
interface FillStep {
  /** For people: `merging 2026-03-01 to 2026-03-03`. */
  text: string;
  step: number;
  steps: number;
}

/** Days that were merged, and what remains to be done. */
interface FillReport {
  /** Days that were merged. */
  mergedDays: number;
  /** Events that were added, or whose places were extended; undefined if Athena does not return it. */
  events: number | undefined;
  /** Merged days that are complete, so that answers read them only from the archive. */
  recordedDays: number;
  /** Merged days that are too young, or whose lines do not agree with the archive. Answers read their lines too. */
  openDays: readonly string[];
}

/** Days that one statement merges. */
const daysPerStatement = 3;

/** Returns the recorded days; undefined if there is no archive. */
async function findRecordedDays(engine: AthenaEngine): Promise<string[] | undefined> {
  try {
    return (await readAll(await engine.query(recordedDays))).map(([day]) => String(day));
  } catch (error) {
    if (error instanceof MissingTableError) return undefined;
    throw error;
  }
}

/** A statement, with its purpose for people. */
interface FillStatement {
  text: string;
  sql: string;
  /** The days of the statement. It can run for fewer of them. */
  days?: DaysStatement;
}

/** A statement over days. */
interface DaysStatement {
  range: DayRange;
  /** Runs it for days, and returns the number of events that were added or extended. */
  run(engine: AthenaEngine, range: DayRange): Promise<number | undefined>;
}

/**
 * Returns the statements that create the tables.
 * @throws {QueryError} when their folder is unknown
 */
function createStatements(location: string | undefined): FillStatement[] {
  if (location === undefined)
    throw new QueryError(
      `the tables of the archive do not exist: name the folder to create them in, such as s3://my-bucket/archive/`,
    );
  return icebergTables.map((table) => ({
    text: `creating ${table.name}`,
    sql: createTable(table, location),
  }));
}

/** Returns the statements that merge days: the events with times around them, and then the others. */
function mergeStatements(range: DayRange): FillStatement[] {
  const merge = (text: string, times: EventTimes): FillStatement => ({
    text,
    sql: mergeEvents(literalDays(range), times),
    days: { range, run: (engine, days) => mergeDays(engine, days, times) },
  });
  return [
    merge(`merging ${range.text}`, 'around'),
    merge(`merging ${range.text}, other event times`, 'other'),
  ];
}

/** Returns the statement that records days. */
function recordStatement(range: DayRange): FillStatement {
  const sqlOf = (days: DayRange) => recordWindows(literalDays(days));
  return {
    text: `recording ${range.text}`,
    sql: sqlOf(range),
    days: {
      range,
      async run(engine, days) {
        await engine.query(sqlOf(days));
        return 0;
      },
    },
  };
}

/** Returns the statements that merge days, record them, and maintain the tables. */
function fillStatements(ranges: readonly DayRange[], { lateDays, today }: FillOptions): FillStatement[] {
  const lastComplete = shiftDay(today, -lateDays);
  const merges = ranges.flatMap((range): FillStatement[] => {
    const statements = mergeStatements(range);
    if (range.first > lastComplete) return statements;
    return [...statements, recordStatement(rangeOf(range.days.filter((day) => day <= lastComplete)))];
  });
  const maintenance = [archiveTables.events, archiveTables.windows].flatMap((table) => [
    { text: `joining files of ${table}`, sql: joinFiles(table) },
    { text: `removing old files of ${table}`, sql: removeOldFiles(table) },
  ]);
  return [...merges, ...maintenance];
}

/**
 * Returns the statements for a new archive, without asking Athena.
 * @throws {QueryError} when the first day is unknown
 */
function plannedStatements(options: FillOptions): FillStatement[] {
  const creates = options.location === undefined ? [] : createStatements(options.location);
  return [...creates, ...fillStatements(rangesToMerge([], options), options)];
}

/**
 * Returns the ranges of days to merge.
 * @throws {QueryError} when the first day is unknown
 */
function rangesToMerge(recorded: readonly string[], options: FillOptions): readonly DayRange[] {
  const { since = recorded[0], until = shiftDay(options.today, -1), again = false } = options;
  if (since === undefined)
    throw new QueryError('the archive is empty: name the first day of arrival to merge, such as 2026-03-01');
  return dayRanges({ first: since, last: until, without: again ? [] : recorded, longest: daysPerStatement });
}

/** Runs a statement over days, for one day after another if all of them exceed the scan limit of the workgroup. */
async function runDays(engine: AthenaEngine, { range, run }: DaysStatement): Promise<number | undefined> {
  try {
    return await run(engine, range);
  } catch (error) {
    if (!(error instanceof ScanLimitError) || range.days.length === 1) throw error;
  }
  let events: number | undefined = 0;
  for (const day of range.days) {
    const added = await run(engine, rangeOf([day]));
    events = events === undefined || added === undefined ? undefined : events + added;
  }
  return events;
}

/**
 * Merges days of arrival that are not yet recorded into the Iceberg archive, records those that are complete, joins
 * small files, and removes old ones. Creates the tables if necessary. It can be interrupted at any time and repeated:
 * each event is added once.
 *
 * @throws {QueryError} when Athena fails, the first day is unknown, or the folder of missing tables
 */
async function fillArchive(engine: AthenaEngine, options: FillOptions): Promise<FillReport> {
  const { onStep } = options;
  const recorded = await findRecordedDays(engine);
  const ranges = rangesToMerge(recorded ?? [], options);
  if (ranges.length === 0) return { mergedDays: 0, events: 0, recordedDays: 0, openDays: [] };
  // With a known folder, a single missing table is created too.
  const creates =
    recorded === undefined || options.location !== undefined ? createStatements(options.location) : [];
  const steps = [...creates, ...fillStatements(ranges, options)];
  let events: number | undefined = 0;
  for (const [index, { text, sql, days }] of steps.entries()) {
    onStep?.({ text, step: index + 1, steps: steps.length });
    if (days === undefined) await runRepeatedly(engine, sql);
    else {
      const added = await runDays(engine, days);
      events = events === undefined || added === undefined ? undefined : events + added;
    }
  }
  const complete = new Set(await findRecordedDays(engine));
  const merged = ranges.flatMap(({ days }) => days);
  const openDays = merged.filter((day) => !complete.has(day));
  return { mergedDays: merged.length, events, recordedDays: merged.length - openDays.length, openDays };
}

export { type FillReport, type FillStep, fillArchive, plannedStatements };
