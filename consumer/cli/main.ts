import { CommanderError } from 'commander';
import { ErasureError } from '../archive/objects/places/unerasable-error';
import { ArchiveError } from '../archive/store/archive-error';
import { QueryError } from '../queries/engines/engine';
import { RejectedRecordError } from '../sources/event-reader';
import { SourceError } from '../sources/source-error';
import { terminalText } from '../texts/terminal-text';
import { correctedCall } from './options/corrected-call';
import { missingArgumentAdvice } from './options/missing-argument';
import { suggestedCorrection } from './options/suggestion';
import { CommandContext, type Surroundings } from './process/context';
import { exitCode, OutputError, UsageError } from './process/exit-code';
import { createProgram } from './program';

const explainedErrors = [
  ArchiveError,
  ErasureError,
  SourceError,
  UsageError,
  OutputError,
  QueryError,
  RejectedRecordError,
];

/** Whether an error's message shows the cause, place and fix. Any other error is internal and shows its stack. */
function isExplained(error: unknown): error is Error {
  return explainedErrors.some((explained) => error instanceof explained);
}

/** Reports an error on standard error, with the corrected call where it is known, and sets the exit code. */
function report(context: CommandContext, error: unknown, args: readonly string[], debug: boolean): void {
  if (error instanceof CommanderError) {
    // commander has printed its own message; help and version are not errors.
    context.exitCode = error.exitCode === 0 ? exitCode.done : exitCode.usage;
    context.stderr.write(missingArgumentAdvice(error) + correctedCall(suggestedCorrection(error), args));
    return;
  }
  const text =
    isExplained(error) && !debug ? `error: ${error.message}` : ((error as Error).stack ?? String(error));
  context.stderr.write(`${text.split('\n').map(terminalText).join('\n')}\n`);
  const isUsage = error instanceof UsageError;
  if (isUsage) context.stderr.write(correctedCall(error.correct, args));
  context.exitCode = isUsage ? exitCode.usage : exitCode.failed;
}

/**
 * Runs the command line. It accesses only the given surroundings, so that several calls can share a process.
 * The exception is the AWS SDK, which reads credentials and regions from the environment of the process.
 *
 * @param args arguments after the name of the command
 * @returns the exit code
 *
 * @example
 * ```ts
 * process.exitCode = await main(['read', './delivered'], process);
 * ```
 */
async function main(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const context = new CommandContext(surroundings);
  const program = createProgram(context);
  try {
    await program.parseAsync([...args], { from: 'user' });
  } catch (error) {
    report(context, error, args, program.opts<{ debug?: boolean }>().debug === true);
  }
  return context.exitCode ?? exitCode.done;
}

export { main };
