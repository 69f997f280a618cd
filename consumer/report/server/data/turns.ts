import { setTimeout as sleep } from 'node:timers/promises';
import { ArchiveHeldError } from '../../../archive/store/archive-error';

/** Thrown when more requests wait than can be answered. */
class TooManyRequestsError extends Error {
  override readonly name = 'TooManyRequestsError';
}

/** The error of a work that was skipped, because nobody waits for its result. */
class AbandonedError extends Error {
  override readonly name = 'AbandonedError';
}

/** Work that waits for its turn. */
interface Waiting {
  start(): Promise<void>;
  fail(error: unknown): void;
  /** Whether nobody waits for its result any more. */
  isAbandoned(): boolean;
}

/** Options of the turns. */
interface TurnsOptions {
  /** Number of works at a time. */
  atATime: number;
  /** Number of works that can wait. */
  maxWaiting: number;
}

/** Milliseconds of work after which the archive is free for a moment, so that a process that writes gets its turn. */
const workMillis = 1_000;

/** Milliseconds for which the archive is free then: a waiting process checks it several times. */
const pauseMillis = 100;

/**
 * Does works in their order, a few at a time. Each opens the archive for itself, and the engine uses all processors for
 * one query, so that more at a time would only take more memory.
 */
class Turns {
  private readonly waiting: Waiting[] = [];
  private running = 0;
  private busySince: number | undefined;
  private pause: Promise<void> | undefined;

  constructor(private readonly options: TurnsOptions) {}

  /**
   * Does a work when it is its turn.
   * @param isAbandoned checked at its turn: the work is skipped when nobody waits for its result
   * @throws {TooManyRequestsError} when too many works wait
   * @throws {ArchiveHeldError} also when another process has the archive open at the turn of an earlier work: each would
   * wait for it again
   */
  take<Result>(work: () => Promise<Result>, isAbandoned: () => boolean = () => false): Promise<Result> {
    if (this.waiting.length >= this.options.maxWaiting)
      return Promise.reject(new TooManyRequestsError('too many requests wait'));
    return new Promise((resolve, fail) => {
      const start = () => work().then(resolve, (error: unknown) => this.failAll(fail, error));
      this.waiting.push({ start, fail, isAbandoned });
      this.next();
    });
  }

  private failAll(fail: (error: unknown) => void, error: unknown): void {
    fail(error);
    if (error instanceof ArchiveHeldError)
      for (const { fail: failed } of this.waiting.splice(0)) failed(error);
  }

  /** Starts the works whose turn it is. */
  private next(): void {
    while (this.running < this.options.atATime && this.pause === undefined) {
      const work = this.waiting.shift();
      if (work === undefined) break;
      if (work.isAbandoned()) work.fail(new AbandonedError('nobody waits for the result'));
      else this.start(work);
    }
    if (this.running === 0) this.busySince = undefined;
  }

  private start({ start }: Waiting): void {
    this.busySince ??= performance.now();
    this.running++;
    void start().finally(() => {
      this.running--;
      this.rest();
      this.next();
    });
  }

  /** Pauses after some time of work, when other work waits. */
  private rest(): void {
    const isBusy = performance.now() - (this.busySince ?? 0) > workMillis && this.waiting.length > 0;
    if (!isBusy || this.pause !== undefined) return;
    this.pause = sleep(pauseMillis).then(() => {
      this.pause = undefined;
      this.busySince = undefined;
      this.next();
    });
  }
}

export { AbandonedError, TooManyRequestsError, Turns };
