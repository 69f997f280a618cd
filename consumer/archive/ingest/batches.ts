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

/** Rows of fewer bytes are joined: the engine takes longer to open a file than to read so little. */
const smallBytes = 256 * 1024;

/** Appends the rows in a file to one that other objects share; gives the rows' place in it. */
function joined(file: StagedFile | undefined, name: string): StagedFile | undefined {
  if (file === undefined) return undefined;
  const path = join(dirname(file.path), name);
  appendFileSync(path, readFileSync(file.path), { mode: 0o600 });
  rmSync(file.path);
  return { ...file, path };
}

/**
 * Puts the staged rows of a small object into files that it shares with the other small ones of its batch.
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

/** A batch is committed when its staged rows have so many bytes, or it has so many objects. */
const batchBytes = 256 * 1024 * 1024;
const defaultBatchObjects = 1_000;

/** Gathers staged objects and commits them in batches; while one is committed, the next is gathered. */
class Batches {
  private objects: BatchObject[] = [];
  private bytes = 0;
  private number = 1;
  /** Objects that were not staged have numbers below zero. */
  private lastIgnored = 0;
  private underWay: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: Database,
    private readonly counts: IngestCounts,
    private readonly onNotice: OnNotice,
    private readonly batchObjects: number = defaultBatchObjects,
  ) {}

  /**
   * Takes an object; waits only when two batches are full.
   * @throws when an earlier batch could not be committed
   */
  async add(object: BatchObject): Promise<void> {
    this.objects.push({ ...object, staged: joinSmall(object.staged, this.number) });
    this.bytes += stagedBytes(object.staged);
    if (this.bytes < batchBytes && this.objects.length < this.batchObjects) return;
    await this.underWay;
    this.underWay = this.commitGathered();
    this.underWay.catch(() => {}); // thrown by whoever waits for it next
  }

  /** Takes an object that is to be ignored: the ledger says so, and nothing else of it is in the archive. */
  async ignore(object: string, version: LedgerEntry): Promise<void> {
    const stagedObject = --this.lastIgnored;
    const entry = { object, stagedObject, size: undefined, version, counts: noCounts() };
    const staged = { ...nothingStaged, stagedObject };
    // It may be known: then what was stored of it goes.
    await this.add({ ...entry, isKnown: true, isReplacement: false, staged });
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
    const result = await commitObjects(this.database, objects, this.onNotice);
    const { newEvents, removedEvents, prunedEvents, committed, setAside } = result;
    const lost = new Set(setAside.map(({ object }) => object));
    let events = 0;
    for (const { object, counts: read, isReplacement, staged } of committed) {
      const forgotten = lost.has(object) ? 0 : staged.forgotten;
      events += read.events - forgotten;
      counts.forgottenEvents += forgotten;
      addCounts(counts.read, read);
      if (isReplacement) counts.replacedObjects++;
      removeStaged(staged);
    }
    counts.setAside.push(...setAside);
    counts.newEvents += newEvents;
    counts.forgottenEvents += prunedEvents;
    counts.duplicates += events - newEvents - prunedEvents;
    counts.removedEvents += removedEvents;
  }
}

export { Batches, defaultBatchObjects };
