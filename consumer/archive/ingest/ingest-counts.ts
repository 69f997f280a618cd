import { addCounts, noCounts, type ReadCounts } from '../../records/counts';
import type { LeftOut } from '../../sources/source';

/** An object that could not be fetched or read to its end; the next run tries it again. */
interface FailedObject {
  object: string;
  message: string;
}

/** What an ingest has done. `read.events = newEvents + duplicates + forgottenEvents`. */
interface IngestCounts {
  /** What was read of the objects that are now in the archive. */
  read: ReadCounts;
  newEvents: number;
  /** Events read that the archive had already. */
  duplicates: number;
  /**
   * Events read that are left out: they are about someone alone who was forgotten and removed, or of an object
   * that was read again and so old that they had been pruned.
   */
  forgottenEvents: number;
  /** Objects whose older version was replaced, and events that went with it. */
  replacedObjects: number;
  removedEvents: number;
  /** Objects that the archive had before, of whatever source; 0 where only some of its ledger was read. */
  knownObjects: number;
  /** Objects that were in the archive already, and were not fetched. */
  unchangedObjects: number;
  failed: FailedObject[];
  /** Objects that the archive could not store. Each is one reject, which `rejects --replay` has read again. */
  setAside: FailedObject[];
  /**
   * Objects that are not ingested: the archive's own files, files that were written from it, files without any email
   * event that were found in a folder, and those that were dropped.
   */
  ignored: string[];
  leftOut: LeftOut;
}

/** Counts with nothing counted yet. */
function noIngestCounts(): IngestCounts {
  return {
    read: noCounts(),
    newEvents: 0,
    duplicates: 0,
    forgottenEvents: 0,
    replacedObjects: 0,
    removedEvents: 0,
    knownObjects: 0,
    unchangedObjects: 0,
    failed: [],
    setAside: [],
    ignored: [],
    leftOut: { foreign: 0, beforeSince: 0 },
  };
}

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

export {
  addQueueCounts,
  type FailedObject,
  type IngestCounts,
  noIngestCounts,
  noQueueCounts,
  type QueueCounts,
};
