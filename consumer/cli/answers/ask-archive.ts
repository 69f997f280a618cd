import { resolve } from 'node:path';
import type { Database, TextParameters } from '../../archive/store/database';
import { explainIfEmpty, missingNameText } from '../../queries/answers/empty-answer';
import { archiveEngine } from '../../queries/engines/duckdb-engine';
import { type Engine, QueryError } from '../../queries/engines/engine';
import type { AnswerCliOptions } from '../options/answer-options';
import { type ArchiveCliOptions, readUnlessStopped } from '../options/archive-options';
import { formatNumber, formatTime } from '../output/number-text';
import { makeOutputFile, placeText } from '../output/output-file';
import type { CommandContext } from '../process/context';
import type { Presentation, Written } from './answer';
import { rowsText, writeAnswer } from './write-answer';

/** A query of an archive, with its presentation. */
interface ArchiveQuery extends Presentation {
  sql: string;
  parameters?: TextParameters;
}

/** Counts of the archive that an answer is based on. */
interface ArchiveFacts {
  events: number;
  newest: Date | undefined;
  rejects: number;
}

/** Counts the events and rejects of an archive. */
async function archiveFacts(database: Database): Promise<ArchiveFacts> {
  const [row] = await database.rows<{ events: bigint; newest: Date | null; rejects: bigint }>(
    'SELECT count(*) AS events, max(event_time) AS newest, (SELECT count(*) FROM rejects) AS rejects FROM event_rows',
  );
  return {
    events: Number(row?.events ?? 0),
    newest: row?.newest ?? undefined,
    rejects: Number(row?.rejects ?? 0),
  };
}

/** Formats the line below an answer: its size, and the data that it is based on. */
function answerLine(written: Written, { events, newest, rejects }: ArchiveFacts, more = ''): string {
  return [
    rowsText(written, more),
    `archive: ${formatNumber(events, 'event')}${newest ? `, newest ${formatTime(newest)} UTC` : ''}`,
    ...(rejects > 0 ? [`${formatNumber(rejects, 'unreadable record')}: see ses-events rejects`] : []),
  ].join('; ');
}

/**
 * Opens the archive of the options for reading. A query that the user interrupts ends with a notice, not an
 * error.
 */
async function withArchive(
  context: CommandContext,
  options: ArchiveCliOptions,
  work: (database: Database) => Promise<void>,
): Promise<void> {
  await readUnlessStopped(context, options, work);
  if (context.isInterrupted) context.stderr.write('stopped\n');
}

/**
 * Finds the reason for an empty answer.
 * @throws {QueryError} when it was filtered by a name that the archive does not contain
 */
async function explainEmptyAnswer(
  engine: Engine,
  { missingName }: Pick<Presentation, 'missingName'>,
): Promise<void> {
  const missing = await missingName?.((sql) => engine.query(sql));
  if (missing !== undefined) throw new QueryError(missingNameText(missing, 'in this archive'));
}

async function writeParquet(
  context: CommandContext,
  database: Database,
  output: string,
  overwrite: boolean,
  query: ArchiveQuery,
) {
  return makeOutputFile(context, output, { overwrite }, async (partial) => {
    const engine = await archiveEngine(database, { parquetFile: resolve(partial) });
    const rows = await engine.writeParquet(query.sql, query.parameters);
    if (rows <= 1) await explainEmptyAnswer(engine, query); // a single row may contain only zeros
    return { rows, hasMore: false };
  });
}

/** Runs one query over the archive, writes its answer, and reports the data that it is based on. */
async function askArchive(
  context: CommandContext,
  query: ArchiveQuery,
  options: ArchiveCliOptions & AnswerCliOptions,
): Promise<void> {
  const { format, output, overwrite = false } = options;
  await withArchive(context, options, async (database) => {
    const facts = await archiveFacts(database);
    let written: Written | undefined;
    if (format === 'parquet' && output !== undefined) {
      written = await writeParquet(context, database, output, overwrite, query);
    } else {
      const engine = await archiveEngine(database);
      const result = await engine.query(query.sql, query.parameters);
      const answer = query.answer(result);
      const rows = await explainIfEmpty(answer.rows, () => explainEmptyAnswer(engine, query));
      written = await writeAnswer(context, { ...answer, rows }, options);
    }
    if (written === undefined || context.isInterrupted) return;
    const more = placeText(options) + (query.more?.(written) ?? '');
    context.stderr.write(`${answerLine(written, facts, more)}\n`);
  });
}

export { type ArchiveFacts, answerLine, archiveFacts, askArchive, explainEmptyAnswer, withArchive };
