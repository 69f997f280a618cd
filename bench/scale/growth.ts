import { createHash } from 'node:crypto';
import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { dayRanges } from '../../consumer/queries/filling/day-ranges';
import { archiveTables, createTable, icebergTables } from '../../consumer/queries/iceberg/archive-tables';
import { joinFiles } from '../../consumer/queries/iceberg/maintenance';
import { questions } from '../../consumer/queries/questions/question';
import type { QueryStatistics } from '../../test/trino/trino';
import { dataFolder } from '../archive';
import { mergeDays } from './merge-days';
import { measureQuestion } from './question';
import type { ScaleGrowth } from './scale-result';
import { TrinoArchive } from './trino-archive';

/** Days of arrival that are merged at once: the merge is not measured here. With more, Trino writes too many partitions. */
const daysAtOnce = 10;

/** Merges all days, and joins the files. */
async function fill(archive: TrinoArchive): Promise<void> {
  const [first = '', last = ''] = [archive.days[0], archive.days.at(-1)];
  for (const range of dayRanges({ first, last, without: [], longest: daysAtOnce })) {
    process.stderr.write(`merge ${range.text}\n`);
    for (const statement of mergeDays(range)) await archive.run(statement);
    await archive.run(joinFiles(archiveTables.events));
  }
}

/** Identifies the statements that create and fill the tables. */
function digest(): string {
  const statements = [
    ...icebergTables.map((table) => createTable(table, 's3://bucket/archive/')),
    ...mergeDays({ first: '2026-01-01', last: '2026-01-10' }),
    joinFiles(archiveTables.events),
  ];
  return createHash('sha256').update(statements.join('\n')).digest('hex').slice(0, 12);
}

/** Returns the folder of filled tables. Fills them if they do not exist: 10,000,000 events take half an hour. */
async function filledTables(events: number): Promise<string> {
  const folder = join(dataFolder, `tables-${events}-${digest()}`);
  if (existsSync(folder)) return folder;
  const unfinished = `${folder}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  const archive = await TrinoArchive.create(unfinished, events);
  try {
    await fill(archive);
  } finally {
    await archive.stop();
  }
  renameSync(unfinished, folder);
  return folder;
}

/** Measures every question over the archive alone. */
async function measureArchive(events: number, rounds: number): Promise<Map<string, QueryStatistics>> {
  const archive = await TrinoArchive.open(await filledTables(events), events);
  try {
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

export { measureScaleGrowth };
