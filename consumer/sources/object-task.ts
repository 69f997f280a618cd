import type { ReadCounts } from '../records/counts';
import { ObjectReader, type RecordFilter } from '../records/object-reader';
import type { Outcome } from '../records/outcome';
import type { LineTaker } from '../records/splitter';
import { openObject } from './open-object';
import { readObject } from './read-object';
import type { SourceObject } from './source';

/** Work done on one object's outcomes, where they are read: in a worker thread, or in this one. */
interface ObjectTask<Result> {
  /** Called for each outcome in order. */
  outcome(outcome: Outcome): void;
  /**
   * Takes events of event publishing from their lines, unparsed, where it can read them by itself; they are
   * counted, and `outcome` is not called for them.
   */
  lineTaker?: LineTaker;
  /** Called at the object's end. What it returns crosses to the caller's thread, so it should be small. */
  result(): Result;
}

/**
 * Makes the task for one object; a task's module exports it under the name `createTask`. `setup` is what
 * the caller of `mapObjects` gave for all of them.
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

/** What a task made of one object, and the object's counts. */
interface ObjectResult<Result> {
  uri: string;
  result: Result;
  counts: ReadCounts;
}

/**
 * Loads a task's module; Node requires ESM modules too.
 * @throws {Error} when the module has no `createTask`
 */
function loadTask<Result>(path: string): ObjectTaskFactory<Result, unknown> {
  const module: { createTask?: ObjectTaskFactory<Result, unknown> } = require(path);
  if (typeof module.createTask !== 'function') {
    throw new Error(`the task module ${path} exports no function createTask`);
  }
  return module.createTask;
}

/**
 * The most bytes that are decompressed at once. Node's collector counts buffers that wait for it against a limit of
 * some megabytes: with larger ones a thread reaches it every 20 MB, and all that lives there is marked anew.
 */
const outputBytes = 256 * 1024;

/** Reads an object to its end through a task. */
async function runTask<Result>(
  createTask: ObjectTaskFactory<Result, unknown>,
  object: SourceObject,
  { filter, setup }: { filter: RecordFilter; setup: unknown },
): Promise<ObjectResult<Result>> {
  const { uri } = object;
  const task = createTask(uri, setup);
  const reader = new ObjectReader(uri, filter, task.lineTaker);
  for await (const batch of readObject(reader, openObject(object, outputBytes))) {
    for (const outcome of batch) task.outcome(outcome);
  }
  return { uri, result: task.result(), counts: reader.counts };
}

export { loadTask, type ObjectResult, type ObjectTask, type ObjectTaskFactory, runTask };
