import type { PieceMemory } from '../records/compression/piece-memory';
import type { ReadCounts } from '../records/counts';
import { ObjectReader } from '../records/object-reader';
import type { Outcome } from '../records/outcome';
import type { RecordFilter } from '../records/record-filter';
import type { LineTaker } from '../records/splitter';
import { openObject } from './open-object';
import { readObject } from './read-object';
import type { SourceObject } from './source';

/** Processes the outcomes of one object in the thread that reads it: a worker thread or the current one. */
interface ObjectTask<Result> {
  /** Called for each outcome in order. */
  outcome(outcome: Outcome): void;
  /**
   * Takes events of event publishing from their unparsed lines, if it can read them itself. They are counted,
   * but not passed to `outcome`.
   * @internal
   */
  lineTaker?: LineTaker;
  /**
   * Called at the end of the object. The result is transferred to the caller's thread, so it should be small.
   */
  result(): Result;
}

/**
 * Creates the task for one object. The module of a task exports it as `createTask`. `setup` is the value that
 * the caller of `mapObjects` passed for all objects.
 *
 * @example
 * ```ts
 * // bounce-count.ts
 * export const createTask: ObjectTaskFactory<number> = () => {
 *   let count = 0;
 *   return {
 *     outcome(outcome) {
 *       if (outcome.outcome === 'event' && outcome.event.eventType === 'Bounce') count++;
 *     },
 *     result: () => count,
 *   };
 * };
 * ```
 */
type ObjectTaskFactory<Result, Setup = undefined> = (uri: string, setup: Setup) => ObjectTask<Result>;

/** The result of a task for one object, and the counts of the object. */
interface ObjectResult<Result> {
  uri: string;
  result: Result;
  counts: ReadCounts;
}

/**
 * Loads the module of a task. Node can also require ESM modules.
 * @throws {Error} when the module has no `createTask`
 */
function loadTask<Result>(path: string): ObjectTaskFactory<Result, unknown> {
  const module: { createTask?: ObjectTaskFactory<Result, unknown> } = require(path);
  if (typeof module.createTask !== 'function') {
    throw new Error(`the task module ${path} does not export the function createTask`);
  }
  return module.createTask;
}

/**
 * Maximum number of bytes per decompressed chunk. Node counts buffers that wait for garbage collection
 * against a limit of some megabytes. With larger buffers, a thread reaches the limit every 20 MB, and each
 * time all its live data is marked.
 */
const outputBytes = 256 * 1024;

/**
 * Reads an object to its end with a task.
 * @param memory for the decompressed chunks, when the current thread decompresses them; a worker thread does
 */
async function runTask<Result>(
  createTask: ObjectTaskFactory<Result, unknown>,
  object: SourceObject,
  { filter, setup }: { filter: RecordFilter; setup: unknown },
  memory?: PieceMemory,
): Promise<ObjectResult<Result>> {
  const { uri } = object;
  const task = createTask(uri, setup);
  const reader = new ObjectReader(uri, filter, task.lineTaker);
  // If every piece has events that refer to it, no memory returns, and zlib's threads cost less processor time.
  const fewKept = filter.kinds !== undefined || task.lineTaker !== undefined;
  for await (const batch of readObject(
    reader,
    openObject(object, { outputBytes, memory: fewKept ? memory : undefined }),
  )) {
    for (const outcome of batch) task.outcome(outcome);
  }
  return { uri, result: task.result(), counts: reader.counts };
}

export { loadTask, type ObjectResult, type ObjectTask, type ObjectTaskFactory, runTask };
