import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { type CommandResult, environment, type RunOptions, type StartOptions } from './command-call';
import { compiledCommand, packageFolder } from './compiled-command';

/** The command as a process with pipes. */
type Started = ChildProcess & { stdin: Writable; stdout: Readable; stderr: Readable };

const entry = compiledCommand();

/** Starts the command as a separate process, without a shell. */
function startCommand(args: readonly string[], { cwd = packageFolder, env }: StartOptions = {}): Started {
  return spawn(process.execPath, [entry, ...args], { cwd, env: environment(env) });
}

/** Runs the command as a separate process to its end. */
async function run(args: readonly string[], options: RunOptions = {}): Promise<CommandResult> {
  const child = startCommand(args, options);
  child.stdin.on('error', () => {}); // a command that does not read it can end before it is written
  child.stdin.end(options.stdin ?? '');
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { code: child.exitCode, stdout, stderr };
}

export { entry, run, type Started, startCommand };
