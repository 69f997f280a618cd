import { trino } from '../../consumer/archive/dialects/trino';
import type { EventSource } from '../../consumer/queries/iceberg/event-source';
import { lineTables } from '../../consumer/queries/lines/line-tables';
import { withViews } from '../../consumer/queries/prelude/prelude';
import { type Question, questionSql } from '../../consumer/queries/questions/question';
import { catalogViews } from '../../consumer/queries/views/athena-views';
import type { QueryStatistics } from '../../test/trino/trino';
import { median } from '../run';
import type { TrinoArchive } from './trino-archive';

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

export { measureQuestion };
