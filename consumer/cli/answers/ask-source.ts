import { resolve } from 'node:path';
import type { CountedResult } from '../../queries/answers/explained';
import type { OpenSource } from '../../queries/answers/open-source';
import type { Request } from '../../queries/answers/request';
import type { QueryResult } from '../../queries/engines/engine';
import type { PlainValue } from '../../queries/engines/plain-value';
import type { QueryLines } from '../../queries/engines/query-lines';
import { makeOutputFile, placeText } from '../output/output-file';
import type { CommandContext } from '../process/context';
import { UsageError } from '../process/exit-code';
import type { Answer, ShownColumn, Written } from './answer';
import { reportAnswer } from './answer-line';
import { dryRunText } from './dry-run';
import { type EngineFormat, engineFormat, writeQueryLines } from './engine-format';
import { type SourceCliOptions, withSource } from './with-source';
import { writeAnswer } from './write-answer';

/** How to show the answer to a request. */
interface Presentation extends Pick<Answer, 'name' | 'head' | 'tableLimit' | 'timezone'> {
  /** @default - the names of the result's columns */
  columns?: Answer['columns'];
  /**
   * Returns the text to show after the number of rows.
   * @param total number of rows without the limit, if it was counted
   */
  more?(written: Written, total?: number): string;
  /** Receives each row before it is written, except for a Parquet file. */
  onRow?(row: readonly PlainValue[]): void;
}

async function* observed(
  rows: QueryResult['rows'],
  onRow: NonNullable<Presentation['onRow']>,
): QueryResult['rows'] {
  for await (const batch of rows) {
    batch.forEach(onRow);
    yield batch;
  }
}

/** Returns a column of a query. Its days are dates in a workbook. */
function shownColumn({ name, type }: QueryResult['columns'][number]): ShownColumn {
  return /^date$/i.test(type) ? { name, type: 'day' } : { name };
}

/** What a source has answered: what it has written to the file, or what remains to be written. */
type Answered = { written: Written | undefined } | QueryLines | CountedResult;

/** Requests an answer in the form in which the least work remains for JavaScript. */
async function ask(
  context: CommandContext,
  source: OpenSource,
  request: Request,
  format: EngineFormat | undefined,
  { output, overwrite = false }: SourceCliOptions,
): Promise<Answered> {
  if (format === undefined) return source.answer(request);
  if (output === undefined)
    return (format !== 'parquet' && (await source.lines(request, format.form))) || source.answer(request);
  const written = await makeOutputFile(context, output, { overwrite }, async (partial) => {
    const rows = await source.writeFile(request, resolve(partial), format);
    return rows === undefined ? undefined : { rows, hasMore: false };
  });
  return written !== undefined || context.isInterrupted ? { written } : source.answer(request);
}

/**
 * Requests an answer from the source of the options, writes it, and reports the data that it is based on. A dry run
 * prints the statements instead.
 *
 * @returns what was written; undefined for a dry run, and when the user interrupted it
 * @throws {UsageError} when the options cannot be combined
 */
async function askSource(
  context: CommandContext,
  request: Request,
  presentation: Presentation,
  options: SourceCliOptions,
): Promise<Written | undefined> {
  if (options.format === 'parquet' && options.engine === 'athena')
    throw new UsageError(
      '--format parquet requires an archive: choose another format, or omit --engine athena',
    );
  if (options.dryRun === true) {
    context.stdout.write(dryRunText(request, options));
    return undefined;
  }
  const { more = () => '', onRow = () => {}, ...shown } = presentation;
  const format = engineFormat(context, options);
  // A question has columns that CSV decodes, so JavaScript formats its lines.
  const asked = format === 'parquet' || shown.columns === undefined ? format : undefined;
  const write = (answered: Answered): Promise<Written | undefined> | Written | undefined => {
    if ('written' in answered) return answered.written;
    if ('lines' in answered) return writeQueryLines(context, answered, options);
    const named = answered.columns.map(shownColumn);
    return writeAnswer(context, { columns: named, ...shown, rows: observed(answered.rows, onRow) }, options);
  };
  let complete: Written | undefined;
  await withSource(
    context,
    options,
    (source) => ask(context, source, request, asked, options),
    async (answered, basis) => {
      const written = await write(answered);
      const total = 'total' in answered ? answered.total() : undefined;
      reportAnswer(context, written, basis, written ? placeText(options) + more(written, total) : '');
      if (!context.isInterrupted) complete = written;
    },
  );
  return complete;
}

export { askSource };
