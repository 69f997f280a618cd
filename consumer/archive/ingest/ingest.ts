import { rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { extname, join } from 'node:path';
import type { RecordLimits } from '../../records/limits';
import { mapObjects } from '../../sources/map-objects';
import type { ObjectResult } from '../../sources/object-task';
import { openSource, type Readable } from '../../sources/open-source';
import type { S3Options } from '../../sources/s3-options';
import { SourceError } from '../../sources/source-error';
import type { OpenArchiveOptions } from '../file/open';
import { outOfSpace } from '../file/out-of-space';
import { withWritableArchive } from '../file/writable-archive';
import type { StagedObject } from '../staging/stage';
import { withoutUnerasable } from '../staging/unerasable-counts';
import type { Database } from '../store/database';
import { makeStagingFolder } from '../store/folders';
import { readLedger } from '../store/ledger';
import { readTombstones } from '../store/tombstones';
import { Batches, removeStaged } from './batches';
import { noteFingerprints } from './enter-objects';
import { type IngestCounts, noIngestCounts } from './ingest-counts';
import { NewObjects } from './new-objects';
import type { StageSetup } from './stage-task';
import { unlessAborted } from './unless-aborted';
import { watchedListing } from './watched-listing';

/** How to ingest. */
interface IngestOptions extends Pick<OpenArchiveOptions, 'wait' | 'onWait'> {
  /** The archive's file; made when it is not there. */
  archive: string;
  /** How to reach S3. */
  s3?: S3Options | undefined;
  /** @default defaultLimits */
  limits?: Partial<RecordLimits> | undefined;
  /**
   * Threads that read.
   * @default - one for each processor, at most 8
   */
  workers?: number | undefined;
  /**
   * Objects that go into one transaction, at most; it ends before when their rows are some 256 MB. An ingest that
   * is killed reads its last batch again. A smaller number makes many objects take longer and the file larger;
   * {@link follow} closes the archive after as many, so that others get it sooner.
   * @default 1000
   */
  batchObjects?: number | undefined;
  /** Called while objects are listed, and after each one that was read, with how far the ingest has come. */
  onProgress?: ((progress: IngestProgress) => void) | undefined;
  /** Called with one line about a transaction that was rolled back and is tried again. It holds no values of rows. */
  onNotice?: ((message: string) => void) | undefined;
  /** Ends the ingesting after the batch in hand; at once while objects are listed. */
  signal?: AbortSignal | undefined;
  /**
   * The only objects that the source may list, by name.
   * @default - any, so that the whole ledger is read
   */
  onlyObjects?: readonly string[] | undefined;
}

/** How far an ingest has come, whether committed already or not. */
interface IngestProgress {
  /** Objects that the source has listed so far. */
  listedObjects: number;
  /** Objects that are new or may have changed, none before all are listed; and those of them that have been read. */
  objects: number;
  readObjects: number;
  /** Events read. */
  events: number;
  /** Bytes fetched, before decompression. */
  fetchedBytes: number;
}

const stageModule = join(__dirname, `stage-task${extname(__filename)}`);

/** Most lines are staged without an object being made of them; and the less room, the sooner buffers are freed. */
const youngGenerationMegabytes = 6;

/**
 * Threads for the engine, beside those that read. Each writes row groups of its own, so that more of them
 * make smaller ones. (The vacuum, which would join them, rewrites the archive with every batch.)
 */
function engineThreads(): number {
  return Math.max(1, Math.floor(availableParallelism() / 4));
}

/** Ingests into an archive that is open. */
async function ingestInto(
  database: Database,
  source: Readable,
  options: IngestOptions,
): Promise<IngestCounts> {
  const { archive, s3, limits, workers, batchObjects, onProgress, onNotice, signal, onlyObjects } = options;
  const counts = noIngestCounts();
  const opened = await openSource(source, { s3 });
  const progress: IngestProgress = {
    listedObjects: 0,
    objects: 0,
    readObjects: 0,
    events: 0,
    fetchedBytes: 0,
  };
  const onListed = (listedObjects: number) => {
    progress.listedObjects = listedObjects;
    onProgress?.(progress);
  };
  const listing = watchedListing(opened, { signal, onListed });
  const ledger = await readLedger(database, onlyObjects);
  if (onlyObjects === undefined)
    counts.knownObjects = [...ledger.values()].filter(({ ignored }) => ignored === undefined).length;
  const objects = await unlessAborted(NewObjects.list(listing, ledger, archive), signal);
  if (objects === undefined) return counts;
  progress.objects = objects.candidates.size;
  const batches = new Batches(database, counts, onNotice ?? (() => {}), batchObjects);
  const folder = makeStagingFolder(archive);
  await database.run(`
    SET threads = ${engineThreads()};
    SET max_vacuum_tasks = 0;
  `);
  try {
    const setup: StageSetup = { folder, tombstones: await readTombstones(database) };
    onProgress?.(progress);
    const results = mapObjects<StagedObject>(objects, stageModule, {
      filter: { ...(limits && { limits }) },
      s3,
      setup,
      youngGenerationMegabytes,
      // One object that cannot be staged stops no other, unless the disk is full.
      onFailure: (object, error) => {
        if (outOfSpace(archive, error) !== undefined) throw error;
        objects.pending.delete(object);
        counts.failed.push({ object, message: `it could not be staged: ${failureName(error)}; report this` });
      },
      ...(workers !== undefined && { workers }),
    });
    for await (const result of results) {
      await take(objects, batches, counts, result);
      progress.readObjects++;
      progress.events += result.counts.events;
      progress.fetchedBytes += result.counts.fetchedBytes;
      onProgress?.(progress);
      if (signal?.aborted === true) break;
    }
    for (const [object, version] of objects.newlyIgnored) await batches.ignore(object, version);
    // Nobody reads any more: the last batch may have all processors.
    await batches.settle();
    await database.run(`SET threads = ${availableParallelism()}`);
    await batches.commit();
    await noteFingerprints(database, objects.touched);
    await database.run('CHECKPOINT'); // closing does it too, but does not tell when it fails
    counts.unchangedObjects = objects.unchanged;
    counts.ignored.push(...objects.ignored);
    counts.leftOut = objects.leftOut;
    return counts;
  } catch (error) {
    // What was read before the source failed need not be read again.
    if (error instanceof SourceError) await batches.commit();
    throw error;
  } finally {
    await batches.settle().catch(() => {}); // it reads staged rows; its error was thrown above
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What kind of failure it was: a message may quote a record. */
function failureName(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error';
  const { code } = error as NodeJS.ErrnoException; // Node's own errors have one
  return code === undefined ? error.name : `${error.name} ${code}`;
}

async function take(
  objects: NewObjects,
  batches: Batches,
  counts: IngestCounts,
  { uri, result: staged, counts: read }: ObjectResult<StagedObject>,
): Promise<void> {
  const pending = objects.pending.get(uri);
  if (pending === undefined) throw new Error(`an object was read that was not listed: ${uri}`);
  objects.pending.delete(uri);
  if (staged.unreadable !== undefined) {
    counts.failed.push({ object: uri, message: staged.unreadable });
    removeStaged(staged);
    return;
  }
  if (pending.mayBeIgnored && staged.isForeign) {
    removeStaged(staged);
    objects.ignored.add(uri);
    await batches.ignore(uri, { ...pending.version, ignored: 'no-email-event' });
    return;
  }
  await batches.add({
    object: uri,
    ...pending,
    stagedObject: staged.stagedObject,
    counts: withoutUnerasable(read, staged.unerasable),
    staged,
  });
}

/**
 * Takes delivered objects into an archive, each exactly once: what is in the archive already is not read
 * again, what was read is committed with its entry in the ledger, and an event that several objects hold
 * becomes one row. A process that is killed leaves a good archive, which the next run completes.
 *
 * @throws {ArchiveError} when the archive cannot be opened, or has no room to grow
 * @throws {SourceError} when a source as a whole cannot be read
 *
 * @example
 * ```ts
 * const { newEvents, duplicates } = await ingest('s3://my-bucket/events/', { archive: 'ses-events.duckdb' });
 * ```
 */
async function ingest(source: Readable, options: IngestOptions): Promise<IngestCounts> {
  const opened = await openSource(source, { s3: options.s3 }); // a wrong name makes no archive
  return withWritableArchive(options, (database) => ingestInto(database, opened, options));
}

export { type IngestOptions, type IngestProgress, ingest, ingestInto };
