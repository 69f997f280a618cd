import { rmSync } from 'node:fs';
import { addCounts } from '../../records/counts';
import type { Database } from '../database/database';
import { joinSmall } from '../staging/join-small';
import type { StagedObject } from '../staging/stage-task';
import { type BatchObject, commitBatch } from './commit-batch';
import type { IngestCounts } from './ingest-counts';

/** A batch is committed when its staged rows have so many bytes, or it has so many objects. */
const batchBytes = 256 * 1024 * 1024;
const defaultBatchObjects = 1_000;

/** Removes an object's staged rows. */
function removeStaged({ events, occurrences, rejects }: StagedObject): void {
  for (const path of [events, occurrences, rejects]) if (path !== undefined) rmSync(path, { force: true });
}

/** Gathers staged objects and commits them in batches; while one is committed, the next is gathered. */
class Batches {
  private objects: BatchObject[] = [];
  private bytes = 0;
  private number = 1;
  private underWay: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: Database,
    private readonly counts: IngestCounts,
    private readonly batchObjects: number = defaultBatchObjects,
  ) {}

  /**
   * Takes an object; waits only when two batches are full.
   * @throws when an earlier batch could not be committed
   */
  async add(object: BatchObject): Promise<void> {
    this.objects.push({ ...object, staged: joinSmall(object.staged, this.number) });
    this.bytes += object.staged.bytes;
    if (this.bytes < batchBytes && this.objects.length < this.batchObjects) return;
    await this.underWay;
    this.underWay = this.commitGathered();
    this.underWay.catch(() => {}); // thrown by whoever waits for it next
  }

  /** Waits until no commit is under way. */
  async settle(): Promise<void> {
    await this.underWay;
  }

  /** Commits what has been gathered. */
  async commit(): Promise<void> {
    await this.underWay;
    await this.commitGathered();
  }

  private async commitGathered(): Promise<void> {
    const { objects, counts } = this;
    if (objects.length === 0) return;
    this.objects = [];
    this.bytes = 0;
    this.number++;
    const { newEvents, removedEvents, prunedEvents } = await commitBatch(this.database, objects);
    let events = 0;
    for (const object of objects) {
      events += object.counts.events - object.staged.forgotten;
      counts.forgottenEvents += object.staged.forgotten;
      addCounts(counts.read, object.counts);
      if (object.isReplacement) counts.replacedObjects++;
      removeStaged(object.staged);
    }
    counts.newEvents += newEvents;
    counts.forgottenEvents += prunedEvents;
    counts.duplicates += events - newEvents - prunedEvents;
    counts.removedEvents += removedEvents;
  }
}

export { Batches, defaultBatchObjects, removeStaged };
