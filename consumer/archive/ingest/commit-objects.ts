import { byteCount, noCounts } from '../../records/counts';
import type { ReadMode } from '../staging/staged-rows';
import { StagedRowsError } from '../store/archive-error';
import type { Database } from '../store/database';
import { isOutOfMemory } from '../store/engine-memory';
import { type BatchObject, commitBatch, commitRejected } from './commit-batch';
import type { BatchResult } from './enter-objects';
import type { FailedObject } from './ingest-counts';

/** The result of committing objects. */
interface CommitResult extends BatchResult {
  /** The objects that are in the archive, with their counts. */
  committed: readonly BatchObject[];
  /** Those of them that could not be stored. Each is a reject. */
  unstorableObjects: readonly FailedObject[];
}

/** Called with a line about a transaction that was rolled back. */
type OnNotice = (message: string) => void;

/** Whether an error depends on the rows, so that other rows may succeed. */
function concernsRows(error: unknown): boolean {
  return error instanceof StagedRowsError || isOutOfMemory(error);
}

/** The engine's error without the values that it may quote. */
function reasonOf(error: unknown): string {
  if (error instanceof StagedRowsError) return error.message;
  return /\w[\w ]* Error/.exec(String(error))?.[0] ?? 'unknown error';
}

async function rejectObject(database: Database, object: BatchObject, reason: string): Promise<CommitResult> {
  const { counts } = object;
  const bytes = byteCount(counts);
  const read = { ...noCounts(), objects: 1, fetchedBytes: counts.fetchedBytes, rejects: 1 };
  const rejected = { ...object, counts: { ...read, bytes: { ...read.bytes, rejects: bytes } } };
  const message = `the archive could not store the rows of this object: ${reason}`;
  const result = await commitRejected(database, rejected, message);
  return {
    ...result,
    committed: [rejected],
    unstorableObjects: [{ object: object.object, message: reason }],
  };
}

/** Adds up the results of the two halves of a batch. */
function combined(one: CommitResult, other: CommitResult): CommitResult {
  return {
    newEvents: one.newEvents + other.newEvents,
    removedEvents: one.removedEvents + other.removedEvents,
    prunedEvents: one.prunedEvents + other.prunedEvents,
    committed: [...one.committed, ...other.committed],
    unstorableObjects: [...one.unstorableObjects, ...other.unstorableObjects],
  };
}

/**
 * Commits staged objects to the archive, in one transaction if possible. If rows fail or are missing, the transaction
 * is rolled back, and each half is tried separately. An object that fails alone is read the careful way. If it still
 * fails, it becomes a reject, and the others continue.
 *
 * @throws {ArchiveError} when the archive itself cannot be written
 */
async function commitObjects(
  database: Database,
  objects: readonly BatchObject[],
  onNotice: OnNotice,
  mode: ReadMode = 'fast',
): Promise<CommitResult> {
  try {
    return { ...(await commitBatch(database, objects, mode)), committed: objects, unstorableObjects: [] };
  } catch (error) {
    if (!concernsRows(error)) throw error;
    const [object] = objects;
    if (objects.length > 1) {
      const middle = Math.ceil(objects.length / 2);
      const one = await commitObjects(database, objects.slice(0, middle), onNotice);
      return combined(one, await commitObjects(database, objects.slice(middle), onNotice));
    }
    if (object === undefined) throw error;
    if (mode === 'careful') return rejectObject(database, object, reasonOf(error));
    onNotice(`${object.object}: ${reasonOf(error)}; rolled back, trying again row by row`);
    return commitObjects(database, objects, onNotice, 'careful');
  }
}

export { commitObjects, type OnNotice };
