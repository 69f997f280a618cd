import { main } from './main';
import { exitCode } from './process/exit-code';

/**
 * Milliseconds within which a second SIGINT is the same Ctrl-C: npx forwards a signal that the terminal
 * already sent.
 */
const sameKeyPress = 300;

/** Stops the command on the first Ctrl-C, with a report of the work done; ends the process on the second. */
function listenForInterruption(): AbortSignal {
  const abort = new AbortController();
  let first = 0;
  process.on('SIGINT', () => {
    if (abort.signal.aborted) {
      if (Date.now() - first > sameKeyPress) process.exit(exitCode.interrupted);
      return;
    }
    first = Date.now();
    process.stderr.write('\nstopping; press Ctrl-C again to stop at once\n');
    abort.abort();
  });
  return abort.signal;
}

/** Returns a signal that SIGTERM aborts, instead of ending the process. */
function listenForTermination(): AbortSignal {
  const abort = new AbortController();
  process.once('SIGTERM', () => abort.abort());
  return abort.signal;
}

/** Runs the command as this process: with its streams, its signals and its exit code. */
async function runProcess(): Promise<void> {
  process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
    // The reader of a pipe can close it first (`| head`); then there is no work left.
    if (code === 'EPIPE') process.exit(exitCode.done);
    process.stderr.write(`error: cannot write to standard output: ${code}\n`);
    process.exit(exitCode.failed);
  });
  process.stderr.on('error', () => {}); // no reader remains
  // The README lists the supported Node versions; command output does not need the warning.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  // Output, the engine's log and its spill files contain personal data: only the user can read them.
  process.umask(0o077);
  let settled = false;
  process.on('beforeExit', () => {
    // Everything is written. Without an explicit exit, Node stops handling signals before the process ends,
    // and a late Ctrl-C would make finished work look interrupted.
    if (settled) process.exit();
    process.stderr.write('error: the command ended before its work was complete: please report this\n');
    process.exit(exitCode.failed);
  });
  const signal = listenForInterruption();
  process.exitCode = await main(process.argv.slice(2), {
    // Opened only by the commands that read it.
    get stdin() {
      return process.stdin;
    },
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    signal,
    get termination() {
      return listenForTermination();
    },
  });
  settled = true;
  // An abandoned pipe or server keeps the process alive; exit after the output is flushed.
  if (signal.aborted) process.stdout.write('', () => process.exit());
}

void runProcess();
