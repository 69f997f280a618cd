import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { trino } from '../consumer/archive/dialects/trino';
import { type DayRange, dayRanges, literalDays } from '../consumer/queries/filling/day-ranges';
import { archiveTables } from '../consumer/queries/iceberg/archive-tables';
import type { EventSource } from '../consumer/queries/iceberg/event-source';
import { joinFiles } from '../consumer/queries/iceberg/maintenance';
import { mergeEvents } from '../consumer/queries/iceberg/merge-events';
import { recordWindows } from '../consumer/queries/iceberg/record-windows';
import { lineTables } from '../consumer/queries/lines/line-tables';
import { withViews } from '../consumer/queries/prelude/prelude';
import { type Question, questionSql, questions } from '../consumer/queries/questions/question';
import { catalogViews } from '../consumer/queries/views/athena-views';
import type { QueryStatistics } from '../test/trino/trino';
import { benchArchive } from './archive';
import { median } from './run';
import type { FillResult, QuestionResult, ScaleGrowth, ScaleResult } from './scale/scale-result';
import { TrinoArchive } from './scale/trino-archive';

const days = (day: string) => literalDays({ first: day, last: day });

/** The statements that merge days: the events with times around them, and the others. */
const mergeDays = (range: Pick<DayRange, 'first' | 'last'>) => [
  mergeEvents(literalDays(range), 'around'),
  mergeEvents(literalDays(range), 'other'),
];

const mergeDay = (day: string) => mergeDays({ first: day, last: day });

/** Returns the compressed bytes of the objects below a folder. */
function bytesBelow(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return files.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
}

function total(all: readonly QueryStatistics[]): QueryStatistics {
  return {
    physicalInputBytes: all.reduce((sum, { physicalInputBytes }) => sum + physicalInputBytes, 0),
    cpuTimeMillis: all.reduce((sum, { cpuTimeMillis }) => sum + cpuTimeMillis, 0),
  };
}

/** Runs statements, and returns their work. */
async function measureAll(archive: TrinoArchive, statements: readonly string[]): Promise<QueryStatistics> {
  const results: QueryStatistics[] = [];
  for (const statement of statements) results.push(await archive.measure(statement));
  return total(results);
}

/** Runs statements for each day, and returns the work of each day. */
async function measureDays(
  archive: TrinoArchive,
  what: string,
  statements: (day: string) => readonly string[],
): Promise<QueryStatistics[]> {
  const results: QueryStatistics[] = [];
  for (const day of archive.days) {
    process.stderr.write(`${what} ${day}\n`);
    results.push(await measureAll(archive, statements(day)));
  }
  return results;
}

/** The largest day of arrival. */
interface LargestDay {
  day: string;
  /** Its part of the compressed bytes of all days. */
  part: number;
}

/** Merges day by day, merges the largest day again, joins the files, and records the days. */
async function fill(
  archive: TrinoArchive,
  events: number,
): Promise<{ filled: FillResult; largest: LargestDay }> {
  const folder = join(benchArchive(events), 'events');
  const merges = await measureDays(archive, 'merge', mergeDay);
  const sizes = archive.days.map((day) => bytesBelow(join(folder, `dt=${day}`)));
  const lineBytes = sizes.reduce((sum, bytes) => sum + bytes, 0);
  const largest = Math.max(...sizes);
  const index = sizes.indexOf(largest);
  const [first, day] = [merges[index], archive.days[index]];
  if (first === undefined || day === undefined) throw new Error(`no objects in ${folder}`);
  const again = await measureAll(archive, mergeDay(day));
  const joins = await archive.measure(joinFiles(archiveTables.events));
  const records = await measureDays(archive, 'record', (recorded) => [recordWindows(days(recorded))]);
  const filled = {
    events,
    days: archive.days.length,
    lineBytes,
    size: await archive.size(),
    merges: total(merges),
    first,
    again,
    joins,
    records: total(records),
  };
  return { filled, largest: { day, part: largest / lineBytes } };
}

/** Runs a question over tables several times. Returns the medians. */
async function measureQuestion(
  archive: TrinoArchive,
  question: Question,
  tables: { source: EventSource; where?: string },
  rounds: number,
): Promise<QueryStatistics> {
  process.stderr.write(`${question.name}, ${tables.source}\n`);
  const views = catalogViews({ ...lineTables, ...tables });
  const sql = withViews(questionSql(question, {}, trino), views, trino);
  const results: QueryStatistics[] = [];
  for (let round = 0; round < rounds; round++) results.push(await archive.measure(sql));
  return {
    physicalInputBytes: median(results.map(({ physicalInputBytes }) => physicalInputBytes)),
    cpuTimeMillis: median(results.map(({ cpuTimeMillis }) => cpuTimeMillis)),
  };
}

/**
 * Measures every question. The lines are those of the largest day, multiplied: each line is parsed by itself, all days take
 * hours, and some questions keep the lines in memory five times.
 */
async function measureQuestions(
  archive: TrinoArchive,
  { day, part }: LargestDay,
  rounds: number,
): Promise<QuestionResult[]> {
  const results: QuestionResult[] = [];
  for (const question of questions()) {
    const lines = await measureQuestion(archive, question, { source: 'lines', where: `dt = '${day}'` }, 1);
    results.push({
      question: question.name,
      archive: await measureQuestion(archive, question, { source: 'archive' }, rounds),
      lines: {
        physicalInputBytes: lines.physicalInputBytes / part,
        cpuTimeMillis: lines.cpuTimeMillis / part,
      },
    });
  }
  return results;
}

/** Measures the archive of a number of events, and every question over it and over the lines. */
async function measureScale(events: number, rounds: number): Promise<ScaleResult> {
  const archive = await TrinoArchive.start(events);
  try {
    const { filled, largest } = await fill(archive, events);
    return { fill: filled, questions: await measureQuestions(archive, largest, rounds) };
  } finally {
    await archive.stop();
  }
}

/** Days of arrival that are merged at once where the merge is not measured. With more, Trino writes too many partitions. */
const daysAtOnce = 10;

/** Merges all days, and joins the files. */
async function fillQuickly(archive: TrinoArchive): Promise<void> {
  const [first = '', last = ''] = [archive.days[0], archive.days.at(-1)];
  for (const range of dayRanges({ first, last, without: [], longest: daysAtOnce })) {
    process.stderr.write(`merge ${range.text}\n`);
    for (const statement of mergeDays(range)) await archive.run(statement);
    await archive.run(joinFiles(archiveTables.events));
  }
}

/** Measures every question over the archive alone. */
async function measureArchive(events: number, rounds: number): Promise<Map<string, QueryStatistics>> {
  const archive = await TrinoArchive.start(events);
  try {
    await fillQuickly(archive);
    const results = new Map<string, QueryStatistics>();
    for (const question of questions())
      results.set(question.name, await measureQuestion(archive, question, { source: 'archive' }, rounds));
    return results;
  } finally {
    await archive.stop();
  }
}

/** Measures how much more work each question requires in a larger archive. */
async function measureScaleGrowth(
  [small, large]: readonly [number, number],
  rounds: number,
): Promise<ScaleGrowth[]> {
  const [few, many] = [await measureArchive(small, rounds), await measureArchive(large, rounds)];
  return [...few].map(([question, statistics]) => {
    const more = many.get(question);
    if (more === undefined) throw new Error(`${question} was not measured`);
    return { question, small: statistics, large: more };
  });
}

export { measureScale, measureScaleGrowth };
