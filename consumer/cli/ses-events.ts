import { main } from './main';
import { exitCode } from './process/exit-code';

/** Within so many milliseconds a second SIGINT is the same Ctrl-C: npx hands on what the terminal sent already. */
const sameKeyPress = 300;

/** On the first Ctrl-C the command stops and accounts for what is done; on the second the process ends at once. */
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

/** Runs the command as this process: with its streams, its signals and its exit code. */
async function runProcess(): Promise<void> {
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
  const signal = listenForInterruption();
  process.exitCode = await main(process.argv.slice(2), {
    // Opened by the commands that read it alone.
    get stdin() {
      return process.stdin;
    },
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    signal,
  });
  settled = true;
  // What keeps the process waiting, a pipe or a server, was given up on; what is written goes out first.
  if (signal.aborted) process.stdout.write('', () => process.exit());
}

void runProcess();
