import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { compileCommand, packageFolder } from './compiled-command';

interface StartOptions {
  /** Environment variables beside those that every run has. */
  env?: NodeJS.ProcessEnv;
  /** @default - the folder of this package */
  cwd?: string;
}

interface RunOptions extends StartOptions {
  /** What the command finds on standard input; nothing by default. */
  stdin?: string | Uint8Array;
}

interface CommandResult {
  /** Null when a signal ended the process. */
  code: number | null;
  stdout: string;
  stderr: string;
}

/** The command as a process with pipes. */
type Started = ChildProcess & { stdin: Writable; stdout: Readable; stderr: Readable };

const entry = compileCommand();

/** Without what would change the output on a developer's or a CI machine; and with no way to AWS. */
function environment(more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const shaping = /^(AWS_|CI$|NO_COLOR$|FORCE_COLOR$|COLUMNS$|TZ$)/;
  return {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !shaping.test(name))),
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_EC2_METADATA_DISABLED: 'true',
    ...more,
  };
}

/** Starts the command as a process of its own, without a shell. */
function startCommand(args: readonly string[], { cwd = packageFolder, env }: StartOptions = {}): Started {
  return spawn(process.execPath, [entry, ...args], { cwd, env: environment(env) });
}

/** Runs the command as a process of its own to its end. */
async function run(args: readonly string[], options: RunOptions = {}): Promise<CommandResult> {
  const child = startCommand(args, options);
  child.stdin.on('error', () => {}); // a command that does not read it may be gone before it is written
  child.stdin.end(options.stdin ?? '');
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { code: child.exitCode, stdout, stderr };
}

export { type CommandResult, entry, environment, type RunOptions, run, type Started, startCommand };
