import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { compiledCommand } from '../../cli/compiled-command';

/** How a command ended. */
interface Ended {
  /** Null where a signal ended it. */
  code: number | null;
  stderr: string;
  milliseconds: number;
}

let entry: string | undefined;

/** The compiled command's entry. */
function commandEntry(): string {
  entry ??= compiledCommand();
  return entry;
}

function start(args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [commandEntry(), ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
}

/** Runs the command to its end. */
async function runCommand(args: readonly string[]): Promise<Ended> {
  commandEntry();
  const started = performance.now();
  const child = start(args);
  const [stderr] = await Promise.all([child.stderr === null ? '' : text(child.stderr), once(child, 'close')]);
  return { code: child.exitCode, stderr, milliseconds: performance.now() - started };
}

/** The moment of a kill: after some time, or when a folder's files have changed so often, as far as one sees. */
type Moment = { milliseconds: number } | { folder: string; changes: number };

/** The names and sizes of a folder's files; nothing while one of them goes away. */
function lookOf(folder: string): string {
  try {
    return readdirSync(folder)
      .map((name) => `${name} ${statSync(join(folder, name)).size}`)
      .join();
  } catch {
    return '';
  }
}

/** Waits for a moment, or until the signal says that it is too late. */
async function waitFor(moment: Moment, late: AbortSignal): Promise<void> {
  if ('milliseconds' in moment) {
    await setTimeout(moment.milliseconds, undefined, { signal: late }).catch(() => {}); // too late
    return;
  }
  let before = lookOf(moment.folder);
  for (let left = moment.changes; left > 0 && !late.aborted; ) {
    await setTimeout(1);
    const now = lookOf(moment.folder);
    if (now !== before) left--;
    before = now;
  }
}

/** Runs the command and kills it (kill -9) at a moment, unless it has ended before. */
async function killCommand(args: readonly string[], moment: Moment): Promise<void> {
  const child = start(args);
  child.stderr?.resume();
  const closed = once(child, 'close');
  const late = new AbortController();
  const waited = waitFor(moment, late.signal);
  await Promise.race([waited, closed]);
  late.abort();
  child.kill('SIGKILL');
  await Promise.all([waited, closed]);
}

export { killCommand, runCommand };
