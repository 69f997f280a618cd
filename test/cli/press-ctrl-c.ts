import type { ChildProcess } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';

/** Milliseconds within which a second signal is the same Ctrl-C, which npx forwards again. */
const sameKeyPress = 300;

/** Whether a process has not ended. */
const isRunning = ({ exitCode, signalCode }: ChildProcess) => exitCode === null && signalCode === null;

/**
 * Presses Ctrl-C, and waits until the next signal counts as another key press: the command has reported that it stops,
 * and the time of the first one has passed. It does not wait for a process that ends before.
 */
async function pressCtrlC(child: ChildProcess): Promise<void> {
  let told = '';
  child.stderr?.on('data', (text) => {
    told += text;
  });
  child.kill('SIGINT');
  while (isRunning(child) && !told.includes('stopping;')) await setTimeout(5);
  const said = performance.now();
  while (isRunning(child) && performance.now() - said <= sameKeyPress) await setTimeout(5);
}

export { pressCtrlC };
