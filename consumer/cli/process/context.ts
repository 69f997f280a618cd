import type { Readable, Writable } from 'node:stream';
import { exitCode } from './exit-code';

/** The output of a command: a pipe, a file or a terminal. */
type OutputStream = Writable & { isTTY?: boolean; columns?: number; fd?: number };

/** The input of a command. */
type InputStream = Readable & { isTTY?: boolean };

/** The environment of a command, besides its arguments. `process` is one. */
interface Surroundings {
  readonly stdin: InputStream;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  /**
   * Aborted when the user interrupts the command.
   * @default - nothing interrupts it
   */
  readonly signal?: AbortSignal;
  /**
   * Aborted when the system ends the command (SIGTERM). Without reading it, the signal ends the process at once.
   * @default - the system does not end it
   */
  readonly termination?: AbortSignal;
}

/** One call of the command: its input and output, its interruption, and its exit code. */
class CommandContext implements Surroundings {
  /** Exit code of the command; undefined means success. */
  exitCode: number | undefined;
  /** Whether the user has interrupted the command. Loops check it before each event or object. */
  isInterrupted = false;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly env: Surroundings['env'];
  readonly signal: AbortSignal;
  private isDone = false;

  constructor(private readonly surroundings: Surroundings) {
    const { stdout, stderr, env, signal = new AbortController().signal } = surroundings;
    this.stdout = stdout;
    this.stderr = stderr;
    this.env = env;
    this.signal = signal;
    const stop = () => {
      this.isInterrupted = true;
      if (!this.isDone) this.exitCode = exitCode.interrupted;
    };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  }

  /** Opened on first use, because most commands do not read it. */
  get stdin(): InputStream {
    return this.surroundings.stdin;
  }

  /** Read only by the commands that end with success when the system ends them. */
  get termination(): AbortSignal {
    return this.surroundings.termination ?? new AbortController().signal;
  }

  /** Marks the work as done, so that a later interruption does not change the exit code. */
  markDone(): void {
    this.isDone = true;
    this.exitCode = exitCode.done;
  }

  /** Waits for work or for the user's interruption, because a pipe or a server may never respond. */
  async untilInterrupted(work: Promise<void>): Promise<void> {
    // Not a promise for the whole call: each race with it would leave a reaction in memory.
    let stop = () => {};
    const stopped = new Promise<void>((resolve) => {
      stop = resolve;
    });
    if (this.signal.aborted) stop();
    this.signal.addEventListener('abort', stop);
    try {
      await Promise.race([work, stopped]);
    } finally {
      this.signal.removeEventListener('abort', stop);
    }
  }
}

export { CommandContext, type OutputStream, type Surroundings };
