import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { RecordFilter } from '../records/object-reader';
import { loadTask, type ObjectResult, runTask } from './object-task';
import { openSource, type Readable } from './open-source';
import type { S3Options } from './s3-options';
import type { SourceObject } from './source';
import { SourceError } from './source-error';
import { WorkerPool } from './worker-pool';

/** How to read objects through a task. */
interface MapOptions {
  /** Which records the task is given. */
  filter?: RecordFilter;
  /**
   * Threads that read; 0 reads in this one.
   * @default - one for each processor, at most 8
   */
  workers?: number;
  /** How to reach S3. */
  s3?: S3Options | undefined;
  /**
   * Room in each thread for what lives shortly, in MB: with Node's own default a third of all events outlives
   * its collection. A task that makes little of it needs less.
   * @default 64
   */
  youngGenerationMegabytes?: number;
  /**
   * Called when a task fails, or its thread ends, for another reason than the source; what it throws ends the
   * reading, otherwise the object gives no result and the others are read.
   * @default - the failure ends the reading
   */
  onFailure?: (uri: string, error: unknown) => void;
  /** Given to the task for every object; plain data, since it crosses to other threads. */
  setup?: unknown;
}

/** Objects under way for each thread: one being read and one whose turn comes next. */
const objectsPerWorker = 2;

/**
 * Reads a source's objects through a task, in worker threads: one object a thread at a time, the results
 * in the order of the objects.
 *
 * Handing events from thread to thread costs more than parsing them. So the work on events goes to where
 * they are read, in a module of its own, and only its results come back.
 *
 * @param task path or `file:` URL of a module that exports `createTask`, an `ObjectTaskFactory`
 * @throws {SourceError} when the source as a whole cannot be read
 *
 * @example
 * ```ts
 * for await (const { uri, result } of mapObjects<number>('./archive', require.resolve('./bounce-count'))) {
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
  const underWay: { uri: string; result: Promise<ObjectResult<unknown>> }[] = [];
  /** The result of the object whose turn it is; undefined when it failed and the others are to be read. */
  const first = async (): Promise<ObjectResult<Result> | undefined> => {
    const next = underWay.shift();
    try {
      return (await next?.result) as ObjectResult<Result>; // the task's module is the caller's, and so is its type
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
      result.catch(() => {}); // reported in its turn
      underWay.push({ uri: object.uri, result });
      if (underWay.length < Math.max(1, workers * objectsPerWorker)) continue;
      const done = await first();
      if (done !== undefined) yield done;
    }
    while (underWay.length > 0) {
      const done = await first();
      if (done !== undefined) yield done;
    }
  } finally {
    await pool?.close();
  }
}

export { type MapOptions, mapObjects };
