import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { compiledCommand } from '../../cli/compiled-command';

/** The result of a command. */
interface CommandResult {
  /** Null when a signal ended the process. */
  code: number | null;
  stderr: string;
  milliseconds: number;
}

let entry: string | undefined;

/** Returns the entry of the compiled command. */
function commandEntry(): string {
  entry ??= compiledCommand();
  return entry;
}

function start(args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [commandEntry(), ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
}

/** Runs the command until it exits. */
async function runCommand(args: readonly string[]): Promise<CommandResult> {
  commandEntry();
  const started = performance.now();
  const child = start(args);
  const [stderr] = await Promise.all([child.stderr === null ? '' : text(child.stderr), once(child, 'close')]);
  return { code: child.exitCode, stderr, milliseconds: performance.now() - started };
}

/** The time of a kill: after a number of milliseconds, or after a number of observed changes of the files in a folder. */
type Moment = { milliseconds: number } | { folder: string; changes: number };

/** Returns the names and sizes of the files in a folder. Empty if a file disappears in the meantime. */
function fileSizes(folder: string): string {
  try {
    return readdirSync(folder)
      .map((name) => `${name} ${statSync(join(folder, name)).size}`)
      .join();
  } catch {
    return '';
  }
}

/** Waits for a moment, or until the process ended. */
async function waitFor(moment: Moment, ended: AbortSignal): Promise<void> {
  if ('milliseconds' in moment) {
    await setTimeout(moment.milliseconds, undefined, { signal: ended }).catch(() => {}); // aborted
    return;
  }
  let before = fileSizes(moment.folder);
  for (let remaining = moment.changes; remaining > 0 && !ended.aborted; ) {
    await setTimeout(1);
    const now = fileSizes(moment.folder);
    if (now !== before) remaining--;
    before = now;
  }
}

/** Runs the command and kills it (kill -9) at a moment, unless it exits before. */
async function killCommand(args: readonly string[], moment: Moment): Promise<void> {
  const child = start(args);
  child.stderr?.resume();
  const closed = once(child, 'close');
  const ended = new AbortController();
  const waited = waitFor(moment, ended.signal);
  await Promise.race([waited, closed]);
  ended.abort();
  child.kill('SIGKILL');
  await Promise.all([waited, closed]);
}

export { killCommand, runCommand };
