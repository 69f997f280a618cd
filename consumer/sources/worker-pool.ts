import { extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { ObjectResult } from './object-task';
import { SourceError } from './source-error';
import type { WorkerAnswer, WorkerJob, WorkerSetup } from './worker-messages';

/** What lets a thread load TypeScript; a name in a constant, so that bundlers leave it alone. */
const typescriptLoader = 'tsx/cjs';

/** Threads that read objects; each has at most one at a time. */
class WorkerPool {
  private readonly idle: Worker[] = [];
  private readonly all: Worker[] = [];
  private readonly waiting: ((worker: Worker) => void)[] = [];

  /** @param youngGenerationMegabytes room in each thread for what lives shortly */
  constructor(size: number, setup: WorkerSetup, youngGenerationMegabytes: number) {
    // Compiled, the worker lies beside this file as JavaScript; from source, as TypeScript, which a thread
    // does not learn to load from its parent.
    const extension = extname(__filename);
    const entry = join(__dirname, `object-worker${extension}`);
    const execArgv =
      extension === '.ts' ? ['--require', require.resolve(typescriptLoader)] : process.execArgv;
    for (let i = 0; i < size; i++) {
      const worker = new Worker(entry, {
        workerData: setup,
        execArgv,
        resourceLimits: { maxYoungGenerationSizeMb: youngGenerationMegabytes },
      });
      this.all.push(worker);
      this.idle.push(worker);
    }
  }

  /**
   * Reads one object as soon as a thread is free.
   * @throws {SourceError} when the source as a whole cannot be read
   */
  async run(job: WorkerJob): Promise<ObjectResult<unknown>> {
    const worker = this.idle.pop() ?? (await new Promise<Worker>((resolve) => this.waiting.push(resolve)));
    try {
      const answer = await this.ask(worker, job);
      if ('sourceError' in answer) throw new SourceError(answer.sourceError);
      return answer.done;
    } finally {
      const next = this.waiting.shift();
      if (next === undefined) this.idle.push(worker);
      else next(worker);
    }
  }

  /** Ends all threads, whatever they are doing. */
  async close(): Promise<void> {
    await Promise.all(this.all.map((worker) => worker.terminate()));
  }

  private ask(worker: Worker, job: WorkerJob): Promise<WorkerAnswer> {
    return new Promise((resolve, reject) => {
      const onExit = (code: number) => fail(new Error(`a worker thread ended with code ${code}`));
      const forget = () => worker.off('message', succeed).off('error', fail).off('exit', onExit);
      const succeed = (answer: WorkerAnswer) => {
        forget();
        resolve(answer);
      };
      const fail = (error: Error) => {
        forget();
        reject(error);
      };
      worker.on('message', succeed).on('error', fail).on('exit', onExit);
      worker.postMessage(job);
    });
  }
}

export { WorkerPool };
