import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { packageRoot } from '../../../consumer/cli/process/package-root';

/** The result of a process. */
interface ProcessResult {
  /** Null when a signal ended it. */
  code: number | null;
  stdout: string;
  stderr: string;
}

interface RunOptions {
  cwd?: string;
  /** Additional environment variables. */
  env?: NodeJS.ProcessEnv;
  /** Called with standard output as it arrives. */
  onOutput?: (text: string) => void;
}

/**
 * A folder and processes that do not outlive this process. When it exits, also by Ctrl-C or kill -9, a separate process
 * kills them with their descendants and removes the folder.
 *
 * @example
 * const sandbox = new Sandbox();
 * const { stdout } = await sandbox.run('terraform', ['version']);
 * await sandbox.close();
 */
class Sandbox {
  /** An absolute path below node_modules, which other tools ignore. */
  readonly folder: string;
  private readonly reaper: ChildProcess & { stdin: Writable };

  constructor() {
    const cache = join(packageRoot(), 'node_modules', '.cache', 'e2e');
    mkdirSync(cache, { recursive: true });
    this.folder = mkdtempSync(join(cache, 'run-'));
    // A worker of Jest continues without its parent until its test ends.
    const parent = process.send === undefined ? [] : [String(process.ppid)];
    this.reaper = spawn(
      process.execPath,
      [join(__dirname, 'reaper.mjs'), this.folder, String(process.pid), ...parent],
      { stdio: ['pipe', 'ignore', 'inherit'], detached: true },
    );
  }

  /** Adds a process to the sandbox. */
  readonly adopt = (child: ChildProcess): void => {
    if (child.pid !== undefined) this.reaper.stdin.write(`${child.pid}\n`);
  };

  /** Starts a process without the AWS settings of the user. Its home is the sandbox. */
  spawn(command: string, args: readonly string[], { env, ...options }: SpawnOptions = {}): ChildProcess {
    const inherited = Object.entries(process.env).filter(
      ([name]) => !/^(AWS_|TF_|CDKTF_|EMAIL_EVENTS_|STAGE$|CI$|NO_COLOR$|FORCE_COLOR$)|_proxy$/i.test(name),
    );
    const locations = { HOME: this.folder, TMPDIR: this.folder };
    const child = spawn(command, args, {
      cwd: this.folder,
      ...options,
      env: { ...Object.fromEntries(inherited), ...locations, ...env },
    });
    this.adopt(child);
    return child;
  }

  /** Runs a process until it exits. */
  async run(
    command: string,
    args: readonly string[],
    { onOutput, ...options }: RunOptions = {},
  ): Promise<ProcessResult> {
    const child = this.spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    const result = { stdout: '', stderr: '' };
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      result.stdout += text;
      onOutput?.(text);
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      result.stderr += text;
    });
    await once(child, 'close');
    return { code: child.exitCode, ...result };
  }

  /** Kills the remaining processes and waits until they end. */
  async close(): Promise<void> {
    const ended = once(this.reaper, 'close');
    this.reaper.stdin.end();
    await ended;
  }
}

export { type ProcessResult, Sandbox };
