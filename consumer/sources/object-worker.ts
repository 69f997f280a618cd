import { parentPort, workerData } from 'node:worker_threads';
import { PieceMemory } from '../records/compression/piece-memory';
import { fileObject } from './file';
import { loadTask, runTask } from './object-task';
import { s3Object } from './s3-object';
import type { SourceObject } from './source';
import { SourceError } from './source-error';
import type { WorkerAnswer, WorkerJob, WorkerSetup } from './worker-pool';

// The entry point of a worker thread: reads one object at a time and replies with its result.

const { task, filter, setup } = workerData as WorkerSetup; // map-objects.ts starts it with this

/** For all objects of this thread, which are read one after the other. */
const memory = new PieceMemory();

function sourceObject({ location, size }: WorkerJob): SourceObject {
  return location.at === 'file' ? fileObject(location.path) : s3Object(location, size);
}

async function answer(job: WorkerJob): Promise<WorkerAnswer> {
  const createTask = loadTask(task);
  try {
    return { done: await runTask(createTask, sourceObject(job), { filter, setup }, memory) };
  } catch (error) {
    if (error instanceof SourceError) return { sourceError: error.message };
    throw error; // ends the thread; the pool detects it
  }
}

parentPort?.on('message', async (job: WorkerJob) => parentPort?.postMessage(await answer(job)));
