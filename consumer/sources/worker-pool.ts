import { extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { RecordFilter } from '../records/object-reader';
import type { ObjectResult } from './object-task';
import type { ObjectLocation } from './source';
import { SourceError } from './source-error';

/** What a worker is started with. */
interface WorkerSetup {
  /** Path of the task's module. */
  task: string;
  filter: RecordFilter;
  /** For the task; plain data. */
  setup: unknown;
}

/** One object for a worker to read. */
interface WorkerJob {
  uri: string;
  size: number | undefined;
  location: ObjectLocation;
}

/** What a worker answers to a job. */
type WorkerAnswer =
  | { done: ObjectResult<unknown> }
  /** The source as a whole cannot be read. */
  | { sourceError: string };

/** What lets a thread load TypeScript; a name in a constant, so that bundlers leave it alone. */
const typescriptLoader = 'tsx/cjs';

/** Threads that read objects; each has at most one at a time. */
class WorkerPool {
  private readonly idle: Worker[] = [];
  private readonly all = new Set<Worker>();
  private readonly waiting: ((worker: Worker) => void)[] = [];
  private isClosed = false;

  /** @param youngGenerationMegabytes room in each thread for what lives shortly */
  constructor(
    size: number,
    private readonly setup: WorkerSetup,
    private readonly youngGenerationMegabytes: number,
  ) {
    for (let i = 0; i < size; i++) this.idle.push(this.start());
  }

  /**
   * Reads one object as soon as a thread is free. A thread that ends meanwhile is replaced.
   * @throws {SourceError} when the source as a whole cannot be read
   * @throws {Error} when the task fails, or its thread ends
   */
  async run(job: WorkerJob): Promise<ObjectResult<unknown>> {
    let worker = this.idle.pop() ?? (await new Promise<Worker>((resolve) => this.waiting.push(resolve)));
    try {
      const answer = await this.ask(worker, job);
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

  /** Ends all threads, whatever they are doing. */
  async close(): Promise<void> {
    this.isClosed = true;
    await Promise.all([...this.all].map((worker) => worker.terminate()));
  }

  private start(): Worker {
    // Compiled, the worker lies beside this file as JavaScript; from source, as TypeScript, which a thread
    // does not learn to load from its parent.
    const extension = extname(__filename);
    const entry = join(__dirname, `object-worker${extension}`);
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

  /** A new thread in place of one that has ended, or is about to. */
  private replace(worker: Worker): Worker {
    this.all.delete(worker);
    void worker.terminate();
    return this.start();
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

export { type WorkerAnswer, type WorkerJob, WorkerPool, type WorkerSetup };
