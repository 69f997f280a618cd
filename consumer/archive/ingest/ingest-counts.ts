import { addCounts, noCounts, type ReadCounts } from '../../records/counts';
import type { LeftOut } from '../../sources/source';

/** An object that could not be fetched or read to its end. The next run tries it again. */
interface FailedObject {
  object: string;
  message: string;
}

/** The counts of an ingest. `read.events = newEvents + duplicates + forgottenEvents`. */
interface IngestCounts {
  /** Counts of the objects that are now in the archive. */
  read: ReadCounts;
  newEvents: number;
  /** Events read that were already in the archive. */
  duplicates: number;
  /**
   * Events read that were skipped: they are about one person alone, who was erased with removal, or they were pruned
   * before their object was read again.
   */
  forgottenEvents: number;
  /** Objects whose older version was replaced, and the events that were removed with it. */
  replacedObjects: number;
  removedEvents: number;
  /** Objects that were in the archive before, of all sources; 0 when only some entries of its ledger were read. */
  knownObjects: number;
  /** Objects that were already in the archive, and were not fetched. */
  unchangedObjects: number;
  failed: FailedObject[];
  /** Objects that the archive could not store. Each is one reject, which `rejects --replay` reads again. */
  setAside: FailedObject[];
  /**
   * Objects that are not ingested: the archive's own files, files that were written from it, files in a folder without
   * any email event, and dropped objects.
   */
  ignored: string[];
  leftOut: LeftOut;
}

/** Returns counts of zero. */
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

/**
 * The counts of an ingest from a queue. `read.rejects` includes rejected messages and objects that could not be read.
 */
interface QueueCounts extends IngestCounts {
  /** Messages received, and those of them that were deleted. SQS redelivers the others. */
  messages: number;
  deletedMessages: number;
  /** Objects that messages named and that no longer exist. */
  goneObjects: number;
}

/** Returns counts of zero. */
function noQueueCounts(): QueueCounts {
  return { ...noIngestCounts(), messages: 0, deletedMessages: 0, goneObjects: 0 };
}

/**
 * Adds the counts of a batch. An object that failed in one batch and was read in a later one still counts as failed
 * once.
 */
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
