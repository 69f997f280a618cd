import type { RecordFilter } from '../records/object-reader';
import type { ObjectResult } from './object-task';
import type { ObjectLocation } from './source';

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

export type { WorkerAnswer, WorkerJob, WorkerSetup };
