import { resolve } from 'node:path';
import type { Basis, OpenSource } from '../../queries/answers/open-source';
import type { Request } from '../../queries/answers/request';
import type { QueryResult } from '../../queries/engines/engine';
import { makeOutputFile, placeText } from '../output/output-file';
import type { CommandContext } from '../process/context';
import { UsageError } from '../process/exit-code';
import type { Answer, ShownColumn, Written } from './answer';
import { reportAnswer } from './answer-line';
import { dryRunText } from './dry-run';
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
}

/** Returns a column of a query. Its days are dates in a workbook. */
function shownColumn({ name, type }: QueryResult['columns'][number]): ShownColumn {
  return /^date$/i.test(type) ? { name, type: 'day' } : { name };
}

/**
 * Requests an answer from the source of the options, writes it, and reports the data that it is based on. A dry run
 * prints the statements instead.
 *
 * @throws {UsageError} when the options cannot be combined
 */
async function askSource(
  context: CommandContext,
  request: Request,
  presentation: Presentation,
  options: SourceCliOptions,
): Promise<void> {
  const { format, output, overwrite = false, engine } = options;
  if (format === 'parquet' && engine === 'athena')
    throw new UsageError(
      '--format parquet requires an archive: choose another format, or omit --engine athena',
    );
  if (options.dryRun === true) return void context.stdout.write(dryRunText(request, engine));
  const { more = () => '', ...shown } = presentation;
  const report = (written: Written | undefined, basis: Basis, total?: number) =>
    reportAnswer(context, written, basis, written ? placeText(options) + more(written, total) : '');
  if (format === 'parquet' && output !== undefined) {
    const write = (source: OpenSource) =>
      makeOutputFile(context, output, { overwrite }, async (partial) => ({
        rows: await source.writeParquet(request, resolve(partial)),
        hasMore: false,
      }));
    return withSource(context, options, write, async (written, basis) => report(written, basis));
  }
  await withSource(
    context,
    options,
    (source) => source.answer(request),
    async ({ columns, rows, total }, basis) => {
      const named = columns.map(shownColumn);
      const written = await writeAnswer(context, { columns: named, ...shown, rows }, options);
      report(written, basis, total());
    },
  );
}

export { askSource };
