import { askStatements, type UnreadableLines } from '../../queries/engines/athena/ask-statements';
import type { Statements } from '../../queries/engines/athena/statements';
import type { EngineCliOptions } from '../engine-options';
import { UsageError } from '../exit-code';
import { interruption } from '../interruption';
import { terminalText } from '../terminal-text';
import { athenaDryRun, unreadableNote, withAthena } from '../with-athena';
import type { AnswerCliOptions } from './answer-options';
import type { Presentation } from './presentation';
import { rowsText, type Written, writeAnswer } from './write-answer';

interface AthenaCliOptions extends EngineCliOptions, AnswerCliOptions {
  dryRun?: boolean;
}

/** @throws {UsageError} when Athena's answers have no such format */
function checkAthenaFormat({ format }: AnswerCliOptions): void {
  if (format === 'parquet')
    throw new UsageError('parquet is written from an archive: choose another format, or leave out --engine');
}

/** Says below an answer how much it is, and what it could not take into account. */
function tellAthena(written: Written, more: string, unreadable: UnreadableLines, output?: string): void {
  const where = output === undefined ? '' : ` in ${terminalText(output)}`;
  const line = [rowsText(written, where + more), unreadableNote(unreadable)].filter((part) => part !== '');
  process.stderr.write(`${line.join('; ')}\n`);
}

/**
 * Runs statements on Athena, writes the answer, and says what it rests on; or prints them, for a dry run.
 * @throws {UsageError} when the options do not go together
 */
async function askAthena(
  statements: Statements,
  { answer, more }: Presentation,
  options: AthenaCliOptions,
): Promise<void> {
  checkAthenaFormat(options);
  if (options.dryRun === true) {
    process.stdout.write(athenaDryRun(statements));
    return;
  }
  await withAthena(
    options,
    (engine) => askStatements(engine, statements),
    async (result) => {
      const written = await writeAnswer(answer(result), options);
      if (written !== undefined && !interruption.requested)
        tellAthena(written, more?.(written) ?? '', result.unreadable, options.output);
    },
  );
}

export { type AthenaCliOptions, askAthena, checkAthenaFormat, tellAthena };
