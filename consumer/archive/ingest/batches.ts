import { appendFileSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { addCounts, noCounts } from '../../records/counts';
import type { StagedFile } from '../staging/row-file';
import { nothingStaged, removeStaged, type StagedObject, stagedBytes } from '../staging/stage';
import type { Database } from '../store/database';
import type { LedgerEntry } from '../store/ledger';
import type { BatchObject } from './commit-batch';
import { commitObjects, type OnNotice } from './commit-objects';
import type { IngestCounts } from './ingest-counts';

/** Rows of fewer bytes are joined: the engine takes longer to open a file than to read so few bytes. */
const smallBytes = 256 * 1024;

/** Appends the rows of a file to one that other objects share, and returns their place in it. */
function joined(file: StagedFile | undefined, name: string): StagedFile | undefined {
  if (file === undefined) return undefined;
  const path = join(dirname(file.path), name);
  appendFileSync(path, readFileSync(file.path), { mode: 0o600 });
  rmSync(file.path);
  return { ...file, path };
}

/**
 * Puts the staged rows of a small object into files that it shares with the other small objects of its batch.
 *
 * @param batch the batch's number
 */
function joinSmall(staged: StagedObject, batch: number): StagedObject {
  if (stagedBytes(staged) >= smallBytes) return staged;
  return {
    ...staged,
    events: joined(staged.events, `batch-${batch}.events`),
    occurrences: joined(staged.occurrences, `batch-${batch}.occurrences`),
    rejects: joined(staged.rejects, `batch-${batch}.rejects`),
  };
}

/** A batch is committed when its staged rows have this number of bytes, or when it has this number of objects. */
const batchBytes = 128 * 1024 * 1024;
const defaultBatchObjects = 1_000;

/** Collects staged objects and commits them in batches. It collects the next batch while one is committed. */
class Batches {
  private objects: BatchObject[] = [];
  private bytes = 0;
  private number = 1;
  /** Objects that were not staged have negative numbers. */
  private lastIgnored = 0;
  private pending: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: Database,
    private readonly counts: IngestCounts,
    private readonly onNotice: OnNotice,
    private readonly batchObjects: number = defaultBatchObjects,
  ) {}

  /**
   * Adds an object. Waits only when two batches are full.
   * @throws the error of an earlier batch that could not be committed
   */
  async add(object: BatchObject): Promise<void> {
    this.objects.push({ ...object, staged: joinSmall(object.staged, this.number) });
    this.bytes += stagedBytes(object.staged);
    if (this.bytes < batchBytes && this.objects.length < this.batchObjects) return;
    await this.pending;
    this.pending = this.commitGathered();
    this.pending.catch(() => {}); // thrown by the next call that waits for it
  }

  /** Adds an object to ignore. The archive contains only its entry in the ledger. */
  async ignore(object: string, version: LedgerEntry): Promise<void> {
    const stagedObject = --this.lastIgnored;
    const entry = { object, stagedObject, size: undefined, version, counts: noCounts() };
    const staged = { ...nothingStaged, stagedObject };
    // The archive may already contain the object: its rows are deleted then.
    await this.add({ ...entry, isKnown: true, isReplacement: false, staged });
  }

  /** Waits until no commit is in progress. */
  async finish(): Promise<void> {
    await this.pending;
  }

  /** Commits the collected objects. */
  async commit(): Promise<void> {
    await this.pending;
    await this.commitGathered();
  }

  private async commitGathered(): Promise<void> {
    const { objects, counts } = this;
    if (objects.length === 0) return;
    this.objects = [];
    this.bytes = 0;
    this.number++;
    const result = await commitObjects(this.database, objects, this.onNotice);
    const { newEvents, removedEvents, prunedEvents, committed, unstorableObjects } = result;
    const rejected = new Set(unstorableObjects.map(({ object }) => object));
    let events = 0;
    for (const { object, counts: read, isReplacement, staged } of committed) {
      const forgotten = rejected.has(object) ? 0 : staged.forgotten;
      events += read.events - forgotten;
      counts.erasedEvents += forgotten;
      addCounts(counts.read, read);
      if (isReplacement) counts.replacedObjects++;
      removeStaged(staged);
    }
    counts.unstorableObjects.push(...unstorableObjects);
    counts.newEvents += newEvents;
    counts.erasedEvents += prunedEvents;
    counts.duplicates += events - newEvents - prunedEvents;
    counts.removedEvents += removedEvents;
  }
}

export { Batches, defaultBatchObjects };
