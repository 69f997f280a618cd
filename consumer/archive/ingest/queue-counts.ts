import { addCounts } from '../../records/counts';
import { type IngestCounts, noIngestCounts } from './ingest-counts';

/** What an ingest from a queue has done. Kept messages and objects given up count among `read.rejects`. */
interface QueueCounts extends IngestCounts {
  /** Messages received, and those of them that were deleted; the others come again. */
  messages: number;
  deletedMessages: number;
  /** Objects that messages named and that are gone. */
  goneObjects: number;
}

/** Counts with nothing counted yet. */
function noQueueCounts(): QueueCounts {
  return { ...noIngestCounts(), messages: 0, deletedMessages: 0, goneObjects: 0 };
}

/** Adds what a batch has done. An object that failed in one and was read in a later one still counts as failed once. */
function addQueueCounts(total: QueueCounts, batch: QueueCounts): void {
  addCounts(total.read, batch.read);
  total.newEvents += batch.newEvents;
  total.duplicates += batch.duplicates;
  total.forgottenEvents += batch.forgottenEvents;
  total.replacedObjects += batch.replacedObjects;
  total.removedEvents += batch.removedEvents;
  total.unchangedObjects += batch.unchangedObjects;
  total.failed.push(...batch.failed);
  total.setAside.push(...batch.setAside);
  total.ignored.push(...batch.ignored);
  total.leftOut.foreign += batch.leftOut.foreign;
  total.leftOut.beforeSince += batch.leftOut.beforeSince;
  total.messages += batch.messages;
  total.deletedMessages += batch.deletedMessages;
  total.goneObjects += batch.goneObjects;
}

export { addQueueCounts, noQueueCounts, type QueueCounts };
