import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { packageFile } from '../pages/package-file';
import type { RecordFilter } from '../records/record-filter';
import type { ObjectResult } from './object-task';
import type { ObjectLocation } from './source';
import { SourceError } from './source-error';

/** The start parameters of a worker. */
interface WorkerSetup {
  /** Path of the module of the task. */
  task: string;
  filter: RecordFilter;
  /** Passed to the task; plain data. */
  setup: unknown;
}

/** A job of a worker: one object to read. */
interface WorkerJob {
  uri: string;
  size: number | undefined;
  location: ObjectLocation;
}

/** The reply of a worker to a job. */
type WorkerAnswer =
  | { done: ObjectResult<unknown> }
  /** The source as a whole cannot be read. */
  | { sourceError: string };

/** Lets a thread load TypeScript. The name is in a constant, so that bundlers do not include the module. */
const typescriptLoader = 'tsx/cjs';

/** Threads that read objects, one at a time each. */
class WorkerPool {
  private readonly idle: Worker[] = [];
  private readonly all = new Set<Worker>();
  private readonly waiting: ((worker: Worker) => void)[] = [];
  private isClosed = false;

  /** @param youngGenerationMegabytes memory in each thread for short-lived values, in MB */
  constructor(
    size: number,
    private readonly setup: WorkerSetup,
    private readonly youngGenerationMegabytes: number,
  ) {
    for (let i = 0; i < size; i++) this.idle.push(this.start());
  }

  /**
   * Reads one object as soon as a thread is free. Replaces a thread that ends meanwhile.
   * @throws {SourceError} when the source as a whole cannot be read
   * @throws {Error} when the task fails, or its thread ends
   */
  async run(job: WorkerJob): Promise<ObjectResult<unknown>> {
    let worker = this.idle.pop() ?? (await new Promise<Worker>((resolve) => this.waiting.push(resolve)));
    try {
      const answer = await this.request(worker, job);
      if ('sourceError' in answer) throw new SourceError(answer.sourceError);
      return answer.done;
    } catch (error) {
      if (!(error instanceof SourceError) && !this.isClosed) worker = this.replace(worker);
      throw error;
    } finally {
      const next = this.waiting.shift();
      if (next === undefined) this.idle.push(worker);
      else next(worker);
    }
  }

  /** Ends all threads immediately. */
  async close(): Promise<void> {
    this.isClosed = true;
    await Promise.all([...this.all].map((worker) => worker.terminate()));
  }

  private start(): Worker {
    // In compiled code, the worker is a JavaScript file beside this one. In source code, it is a TypeScript
    // file, which a thread cannot load without a loader.
    const extension = extname(__filename);
    const entry = packageFile(__dirname, `object-worker${extension}`);
    const execArgv =
      extension === '.ts' ? ['--require', require.resolve(typescriptLoader)] : process.execArgv;
    const worker = new Worker(entry, {
      workerData: this.setup,
      execArgv,
      resourceLimits: { maxYoungGenerationSizeMb: this.youngGenerationMegabytes },
    });
    this.all.add(worker);
    return worker;
  }

  /** Starts a new thread instead of one that has ended, or is about to. */
  private replace(worker: Worker): Worker {
    this.all.delete(worker);
    void worker.terminate();
    return this.start();
  }

  private request(worker: Worker, job: WorkerJob): Promise<WorkerAnswer> {
    return new Promise((resolve, reject) => {
      const onExit = (code: number) => fail(new Error(`a worker thread ended with code ${code}`));
      const removeListeners = () => worker.off('message', succeed).off('error', fail).off('exit', onExit);
      const succeed = (answer: WorkerAnswer) => {
        removeListeners();
        resolve(answer);
      };
      const fail = (error: Error) => {
        removeListeners();
        reject(error);
      };
      worker.on('message', succeed).on('error', fail).on('exit', onExit);
      worker.postMessage(job);
    });
  }
}

export { type WorkerAnswer, type WorkerJob, WorkerPool, type WorkerSetup };
