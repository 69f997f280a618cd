import { explainIfEmpty, missingNameText } from '../../queries/answers/empty-answer';
import { askStatements, type UnreadableLines } from '../../queries/engines/athena/ask-statements';
import type { AthenaEngine } from '../../queries/engines/athena/athena-engine';
import { athenaStatement, type Statements } from '../../queries/engines/athena/statements';
import { QueryError } from '../../queries/engines/engine';
import { type PartitionWindow, partitionFilter } from '../../queries/prelude/partition-filter';
import type { AnswerCliOptions } from '../options/answer-options';
import type { EngineCliOptions } from '../options/engine-options';
import { type OutputOptions, placeText } from '../output/output-file';
import { terminalText } from '../output/terminal-text';
import type { CommandContext } from '../process/context';
import { UsageError } from '../process/exit-code';
import type { Presentation, Written } from './answer';
import { scanNote } from './scan-note';
import { athenaDryRun, unreadableNote, withAthena } from './with-athena';
import { rowsText, writeAnswer } from './write-answer';

interface AthenaCliOptions extends EngineCliOptions, AnswerCliOptions {}

/** How to show an answer of Athena. */
interface AthenaPresentation extends Presentation {
  /**
   * Partitions of the answer.
   * @default - all of them
   */
  window?: PartitionWindow;
}

/**
 * Finds the reason for an empty answer. It reads the same partitions, because others would cost more.
 *
 * @returns a hint, where other partitions may contain the name
 * @throws {QueryError} when it was filtered by a name that the bucket does not contain
 */
async function explainEmptyAnswer(engine: AthenaEngine, { missingName, window }: AthenaPresentation) {
  const missing = await missingName?.((sql) => engine.query(athenaStatement(sql, window)));
  if (missing === undefined) return '';
  if (window === undefined || partitionFilter(window) === undefined)
    throw new QueryError(missingNameText(missing, 'in the bucket'));
  return `${terminalText(missingNameText(missing, 'in the partitions read'))}\n`;
}

/** @throws {UsageError} when Athena's answers cannot be written in the format */
function checkAthenaFormat({ format }: AnswerCliOptions): void {
  if (format === 'parquet')
    throw new UsageError(
      '--format parquet requires an archive: choose another format, or omit --engine athena',
    );
}

/** Reports the size of an answer below it, and the data that it does not include. */
function reportAthenaAnswer(
  context: CommandContext,
  written: Written,
  more: string,
  unreadable: UnreadableLines,
  options: OutputOptions,
): void {
  const line = [rowsText(written, placeText(options) + more), unreadableNote(unreadable)].filter(
    (part) => part !== '',
  );
  context.stderr.write(`${line.join('; ')}\n`);
}

/**
 * Runs statements on Athena, writes the answer, and reports the data that it is based on. A dry run prints
 * the statements instead.
 * @throws {UsageError} when the options cannot be combined
 */
async function askAthena(
  context: CommandContext,
  statements: Statements,
  presentation: AthenaPresentation,
  options: AthenaCliOptions,
): Promise<void> {
  checkAthenaFormat(options);
  if (options.dryRun === true) {
    context.stdout.write(athenaDryRun(statements) + scanNote(presentation.window));
    return;
  }
  await withAthena(
    context,
    options,
    async (engine) => {
      const result = await askStatements(engine, statements);
      const answer = presentation.answer(result);
      let note = '';
      const rows = await explainIfEmpty(answer.rows, async () => {
        note = await explainEmptyAnswer(engine, presentation);
      });
      return { answer: { ...answer, rows }, unreadable: result.unreadable, note };
    },
    async ({ answer, unreadable, note }) => {
      const written = await writeAnswer(context, answer, options);
      context.stderr.write(note);
      if (written !== undefined && !context.isInterrupted)
        reportAthenaAnswer(context, written, presentation.more?.(written) ?? '', unreadable, options);
    },
  );
}

export { type AthenaCliOptions, askAthena, reportAthenaAnswer };
