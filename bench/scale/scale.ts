import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { literalDays } from '../../consumer/queries/filling/day-ranges';
import { archiveTables } from '../../consumer/queries/iceberg/archive-tables';
import { joinFiles } from '../../consumer/queries/iceberg/maintenance';
import { recordWindows } from '../../consumer/queries/iceberg/record-windows';
import { questions } from '../../consumer/queries/questions/question';
import type { QueryStatistics } from '../../test/trino/trino';
import { benchArchive, dataFolder } from '../archive';
import { mergeDays } from './merge-days';
import { measureQuestion } from './question';
import type { FillResult, QuestionResult, ScaleResult } from './scale-result';
import { TrinoArchive } from './trino-archive';

const days = (day: string) => literalDays({ first: day, last: day });

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
  mkdirSync(dataFolder, { recursive: true });
  const folder = mkdtempSync(join(dataFolder, 'scale-'));
  try {
    const archive = await TrinoArchive.create(folder, events);
    try {
      const { filled, largest } = await fill(archive, events);
      return { fill: filled, questions: await measureQuestions(archive, largest, rounds) };
    } finally {
      await archive.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export { measureScale };
