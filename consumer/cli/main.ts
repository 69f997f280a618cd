import { CommanderError } from 'commander';
import { ArchiveError } from '../archive/store/archive-error';
import { QueryError } from '../queries/engines/query-error';
import { RejectedRecordError } from '../sources/event-reader';
import { SourceError } from '../sources/source-error';
import { terminalText } from './output/terminal-text';
import { exitCode, OutputError, UsageError } from './process/exit-code';
import { interruption, listenForInterruption } from './process/interruption';
import { createProgram } from './program';

const explainedErrors = [ArchiveError, SourceError, UsageError, OutputError, QueryError, RejectedRecordError];

/** Errors whose message says what, where and what to do; any other is a fault of ours and shows its stack. */
function isExplained(error: unknown): error is Error {
  return explainedErrors.some((explained) => error instanceof explained);
}

function report(error: unknown, debug: boolean): void {
  if (error instanceof CommanderError) {
    // commander has written its own message; help and version are no errors.
    process.exitCode = error.exitCode === 0 ? exitCode.done : exitCode.usage;
    return;
  }
  const text =
    isExplained(error) && !debug ? `error: ${error.message}` : ((error as Error).stack ?? String(error));
  process.stderr.write(`${text.split('\n').map(terminalText).join('\n')}\n`);
  process.exitCode = error instanceof UsageError ? exitCode.usage : exitCode.failed;
}

/** Runs the command line and sets the exit code. */
async function main(args: readonly string[]): Promise<void> {
  process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
    // The reader of a pipe may go first (`| head`): then there is nothing left to do.
    if (code === 'EPIPE') process.exit(exitCode.done);
    process.stderr.write(`error: cannot write to standard output: ${code}\n`);
    process.exit(exitCode.failed);
  });
  process.stderr.on('error', () => {}); // nobody is left to be told
  // The README says which Node versions are supported; a command's output is not the place for it.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  // What is written holds people's data, the engine's log and what it spills as well: it is the user's alone.
  process.umask(0o077);
  listenForInterruption();
  let settled = false;
  process.on('beforeExit', () => {
    // Everything is written. Left to itself Node stops listening to signals before it is gone, and a Ctrl-C in the
    // last moment would make what is done look as if it had been broken off.
    if (settled) process.exit();
    process.stderr.write(
      'error: nothing was left to wait for before the command was done; please report this\n',
    );
    process.exit(exitCode.failed);
  });
  const program = createProgram();
  try {
    await program.parseAsync([...args], { from: 'user' });
  } catch (error) {
    report(error, program.opts<{ debug?: boolean }>().debug === true);
  }
  settled = true;
  // What keeps the process waiting, a pipe or a server, was given up on; what is written goes out first.
  if (interruption.requested) process.stdout.write('', () => process.exit());
}

void main(process.argv.slice(2));
