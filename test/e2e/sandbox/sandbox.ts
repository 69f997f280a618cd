import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { packageRoot } from '../../../consumer/cli/process/package-root';

/** What a process left. */
interface ProcessResult {
  /** Null when a signal ended it. */
  code: number | null;
  stdout: string;
  stderr: string;
}

interface RunOptions {
  cwd?: string;
  /** Environment variables beside those that every process has. */
  env?: NodeJS.ProcessEnv;
}

/**
 * A folder and processes that do not outlive this one: when it ends, by itself, by Ctrl-C or by kill -9, a process
 * apart from it kills them, with all that they have started, and removes the folder.
 *
 * @example
 * const sandbox = new Sandbox();
 * const { stdout } = await sandbox.run('terraform', ['version']);
 * await sandbox.close();
 */
class Sandbox {
  /** An absolute path below node_modules, where nothing of a test is found by other tools. */
  readonly folder: string;
  private readonly reaper: ChildProcess & { stdin: Writable };

  constructor() {
    const cache = join(packageRoot(), 'node_modules', '.cache', 'e2e');
    mkdirSync(cache, { recursive: true });
    this.folder = mkdtempSync(join(cache, 'run-'));
    // A worker of jest goes on without its parent until its test ends.
    const parent = process.send === undefined ? [] : [String(process.ppid)];
    this.reaper = spawn(
      process.execPath,
      [join(__dirname, 'reaper.mjs'), this.folder, String(process.pid), ...parent],
      { stdio: ['pipe', 'ignore', 'inherit'], detached: true },
    );
  }

  /** Has a process that was started elsewhere end with this one. */
  readonly adopt = (child: ChildProcess): void => {
    if (child.pid !== undefined) this.reaper.stdin.write(`${child.pid}\n`);
  };

  /** Starts a process, without anybody's AWS settings and with the sandbox for a home. */
  spawn(command: string, args: readonly string[], { env, ...options }: SpawnOptions = {}): ChildProcess {
    const inherited = Object.entries(process.env).filter(
      ([name]) => !/^(AWS_|TF_|CDKTF_|EMAIL_EVENTS_|STAGE$|CI$|NO_COLOR$|FORCE_COLOR$)|_proxy$/i.test(name),
    );
    const own = { HOME: this.folder, TMPDIR: this.folder };
    const child = spawn(command, args, {
      cwd: this.folder,
      ...options,
      env: { ...Object.fromEntries(inherited), ...own, ...env },
    });
    this.adopt(child);
    return child;
  }

  /** Runs a process to its end. */
  async run(command: string, args: readonly string[], options: RunOptions = {}): Promise<ProcessResult> {
    const child = this.spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    const result = { stdout: '', stderr: '' };
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      result.stdout += text;
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      result.stderr += text;
    });
    await once(child, 'close');
    return { code: child.exitCode, ...result };
  }

  /** Ends what is left, and waits until it has ended. */
  async close(): Promise<void> {
    const ended = once(this.reaper, 'close');
    this.reaper.stdin.end();
    await ended;
  }
}

export { type ProcessResult, Sandbox };
