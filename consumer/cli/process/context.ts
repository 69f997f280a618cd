import type { Readable, Writable } from 'node:stream';
import { exitCode } from './exit-code';

/** Where a command writes: a pipe, a file or a terminal. */
type OutputStream = Writable & { isTTY?: boolean; columns?: number; fd?: number };

/** Where a command reads. */
type InputStream = Readable & { isTTY?: boolean };

/** What a command is called with beside its arguments; `process` is one. */
interface Surroundings {
  readonly stdin: InputStream;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  /**
   * Aborted when the user asks to stop.
   * @default - nothing stops the command
   */
  readonly signal?: AbortSignal;
}

/** One call of the command: where it reads and writes, whether it is to stop, and how it ends. */
class CommandContext implements Surroundings {
  /** What the caller is told; undefined means that all is done. */
  exitCode: number | undefined;
  /** Whether the user has asked to stop; loops look at it before they take the next event or object. */
  isInterrupted = false;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly env: Surroundings['env'];
  readonly signal: AbortSignal;
  private readonly stopped: Promise<void>;
  private isDone = false;

  constructor(private readonly surroundings: Surroundings) {
    const { stdout, stderr, env, signal = new AbortController().signal } = surroundings;
    this.stdout = stdout;
    this.stderr = stderr;
    this.env = env;
    this.signal = signal;
    this.stopped = new Promise((resolve) => {
      const stop = () => {
        this.isInterrupted = true;
        if (!this.isDone) this.exitCode = exitCode.interrupted;
        resolve();
      };
      if (signal.aborted) stop();
      else signal.addEventListener('abort', stop, { once: true });
    });
  }

  /** Opened when it is asked for: most commands read nothing from it. */
  get stdin(): InputStream {
    return this.surroundings.stdin;
  }

  /** Notes that what was asked for is done: a request to stop in the last moment does not change the exit code. */
  markDone(): void {
    this.isDone = true;
    this.exitCode = exitCode.done;
  }

  /** Waits for work, but no longer than until the user asks to stop: a pipe or a server may keep it waiting. */
  async untilInterrupted(work: Promise<void>): Promise<void> {
    await Promise.race([work, this.stopped]);
  }
}

export { CommandContext, type OutputStream, type Surroundings };
