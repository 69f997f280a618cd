import { addCounts, noCounts, type ReadCounts } from '../../records/counts';
import type { SkippedObjects } from '../../sources/source';

/** An object that could not be fetched or read to its end. The next run tries it again. */
interface FailedObject {
  object: string;
  message: string;
}

/** Numbers of objects and events of an ingest. `read.events = newEvents + duplicates + erasedEvents`. */
interface IngestCounts {
  /** Counts of the objects that were read and are now in the archive. */
  read: ReadCounts;
  /** Number of events read that were not in the archive. */
  newEvents: number;
  /** Number of events read that were already in the archive. */
  duplicates: number;
  /**
   * Number of events read that were not stored. Either they are about an erased person alone (`forget` with `remove`),
   * or they are older than the time of an earlier `prune`.
   */
  erasedEvents: number;
  /** Number of objects whose older version was replaced. */
  replacedObjects: number;
  /** Number of events that were removed with the older versions. */
  removedEvents: number;
  /** Number of objects in the archive before, of all sources; 0 with `onlyObjects`. Ignored objects do not count. */
  knownObjects: number;
  /** Number of objects that were already in the archive, and were not fetched. */
  unchangedObjects: number;
  /** Objects that could not be read completely, with the reason. The next run reads them again. */
  failed: FailedObject[];
  /** Objects that the archive could not store. Each is one reject. Run `rejects --replay`, then ingest again. */
  unstorableObjects: FailedObject[];
  /**
   * Names of objects that are not ingested: the archive's own files, files that were exported from it, files in a folder
   * without an email event, and dropped objects.
   */
  ignored: string[];
  /** Numbers of objects that the listing skipped. */
  skippedObjects: SkippedObjects;
}

/** Returns counts of zero. */
function noIngestCounts(): IngestCounts {
  return {
    read: noCounts(),
    newEvents: 0,
    duplicates: 0,
    erasedEvents: 0,
    replacedObjects: 0,
    removedEvents: 0,
    knownObjects: 0,
    unchangedObjects: 0,
    failed: [],
    unstorableObjects: [],
    ignored: [],
    skippedObjects: { foreign: 0, beforeSince: 0 },
  };
}

/**
 * The counts of an ingest from a queue. `read.rejects` includes rejected messages and objects that could not be read.
 */
interface QueueCounts extends IngestCounts {
  /** Number of messages received. */
  messages: number;
  /** Number of messages that were processed and deleted. SQS redelivers the others. */
  deletedMessages: number;
  /** Number of objects in the messages that no longer exist. */
  missingObjects: number;
}

/** Returns counts of zero. */
function noQueueCounts(): QueueCounts {
  return { ...noIngestCounts(), messages: 0, deletedMessages: 0, missingObjects: 0 };
}

/**
 * Adds the counts of a batch. An object that failed in one batch and was read in a later one still counts as failed
 * once.
 */
function addQueueCounts(total: QueueCounts, batch: QueueCounts): void {
  addCounts(total.read, batch.read);
  total.newEvents += batch.newEvents;
  total.duplicates += batch.duplicates;
  total.erasedEvents += batch.erasedEvents;
  total.replacedObjects += batch.replacedObjects;
  total.removedEvents += batch.removedEvents;
  total.unchangedObjects += batch.unchangedObjects;
  total.failed.push(...batch.failed);
  total.unstorableObjects.push(...batch.unstorableObjects);
  total.ignored.push(...batch.ignored);
  total.skippedObjects.foreign += batch.skippedObjects.foreign;
  total.skippedObjects.beforeSince += batch.skippedObjects.beforeSince;
  total.messages += batch.messages;
  total.deletedMessages += batch.deletedMessages;
  total.missingObjects += batch.missingObjects;
}

export {
  addQueueCounts,
  type FailedObject,
  type IngestCounts,
  noIngestCounts,
  noQueueCounts,
  type QueueCounts,
};
