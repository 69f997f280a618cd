import { exitCode } from './exit-code';

const abort = new AbortController();

/** Whether the user has asked to stop; loops look at it before they take the next event or object. */
const interruption: { requested: boolean; readonly signal: AbortSignal } = {
  requested: false,
  signal: abort.signal,
};

let isDone = false;

let stop = (): void => {};
const stopped = new Promise<void>((resolve) => {
  stop = resolve;
});

/** Within so many milliseconds a second SIGINT is the same Ctrl-C: npx hands on what the terminal sent already. */
const sameKeyPress = 300;

/** On the first Ctrl-C the reading stops and is accounted for; on the second the process ends at once. */
function listenForInterruption(): void {
  let first = 0;
  process.on('SIGINT', () => {
    if (interruption.requested) {
      if (Date.now() - first > sameKeyPress) process.exit(exitCode.interrupted);
      return;
    }
    first = Date.now();
    interruption.requested = true;
    if (!isDone) process.exitCode = exitCode.interrupted;
    process.stderr.write('\nstopping; press Ctrl-C again to stop at once\n');
    stop();
    abort.abort();
  });
}

/** Says that what was asked for is done: to stop in the last moment has not stopped it. */
function markDone(): void {
  isDone = true;
  process.exitCode = exitCode.done;
}

/** Waits for work, but no longer than until the user asks to stop: a pipe or a server may keep it waiting. */
async function untilInterrupted(work: Promise<void>): Promise<void> {
  await Promise.race([work, stopped]);
}

export { interruption, listenForInterruption, markDone, untilInterrupted };
