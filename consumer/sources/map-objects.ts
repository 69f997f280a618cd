import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { RecordFilter } from '../records/record-filter';
import { loadTask, type ObjectResult, runTask } from './object-task';
import { openSource, type Readable } from './open-source';
import type { S3Options } from './s3-options';
import type { SourceObject } from './source';
import { SourceError } from './source-error';
import { WorkerPool } from './worker-pool';

/** Options to read objects with a task. */
interface MapOptions {
  /** Filter for the records that the task receives. */
  filter?: RecordFilter;
  /**
   * Number of threads that read; 0 reads in the current thread.
   * @default - one for each processor, at most 8
   */
  workers?: number;
  /** Options to access S3. */
  s3?: S3Options | undefined;
  /**
   * Memory in each thread for short-lived values, in MB. Node's default is too small for parsed events: a third of
   * them would be moved to the memory for long-lived values, which is slower. Tasks that create few values require
   * less.
   * @default 64
   */
  youngGenerationMegabytes?: number;
  /**
   * Called when a task or its thread fails for another reason than the source. If the callback throws, the
   * reading ends. Otherwise, the object has no result and the others are read.
   * @default - the failure ends the reading
   */
  onFailure?: (uri: string, error: unknown) => void;
  /** Passed to the task for every object. Plain data, since it is transferred to other threads. */
  setup?: unknown;
}

/** Number of objects per thread: the current one and the next one. */
const objectsPerWorker = 2;

/**
 * Reads the objects of a source with a task, in worker threads. Each thread reads one object at a time. The
 * results are in the order of the objects.
 *
 * Transferring events between threads costs more than parsing them. The task, in a separate module, therefore
 * runs in the thread that reads, and only its results are transferred.
 *
 * @param task path or `file:` URL of a module that exports `createTask`, an `ObjectTaskFactory`
 * @throws {SourceError} when the source as a whole cannot be read
 *
 * @example
 * ```ts
 * for await (const { uri, result } of mapObjects<number>('./delivered', require.resolve('./bounce-count'))) {
 *   console.log(uri, result);
 * }
 * ```
 */
async function* mapObjects<Result>(
  source: Readable,
  task: string | URL,
  options: MapOptions = {},
): AsyncGenerator<ObjectResult<Result>, void> {
  const { filter = {}, s3, setup, youngGenerationMegabytes = 64, onFailure } = options;
  const { workers = Math.min(availableParallelism(), 8) } = options;
  const path = typeof task === 'string' ? task : fileURLToPath(task);
  const pool =
    workers > 0
      ? new WorkerPool(workers, { task: path, filter, setup }, youngGenerationMegabytes)
      : undefined;
  const read = async (object: SourceObject): Promise<ObjectResult<unknown>> => {
    const { uri, size, location } = object;
    if (pool !== undefined && location !== undefined) return pool.run({ uri, size, location });
    return runTask(loadTask(path), object, { filter, setup });
  };
  const pending: { uri: string; result: Promise<ObjectResult<unknown>> }[] = [];
  /** Returns the result of the next object; undefined when it failed and the others are to be read. */
  const first = async (): Promise<ObjectResult<Result> | undefined> => {
    const next = pending.shift();
    try {
      return (await next?.result) as ObjectResult<Result>; // the task is the caller's module, and determines the type
    } catch (error) {
      if (next === undefined || error instanceof SourceError || onFailure === undefined) throw error;
      onFailure(next.uri, error);
      return undefined;
    }
  };
  try {
    const opened = await openSource(source, { s3, since: filter.since });
    for await (const object of opened.objects()) {
      const result = read(object);
      result.catch(() => {}); // reported when it is awaited in order
      pending.push({ uri: object.uri, result });
      if (pending.length < Math.max(1, workers * objectsPerWorker)) continue;
      const done = await first();
      if (done !== undefined) yield done;
    }
    while (pending.length > 0) {
      const done = await first();
      if (done !== undefined) yield done;
    }
  } finally {
    await pool?.close();
  }
}

export { type MapOptions, mapObjects };
