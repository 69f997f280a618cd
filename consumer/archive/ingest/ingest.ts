import { rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import {
  type Check,
  checkAmount,
  checkArchive,
  checkFunction,
  checkObject,
  checkOptions,
  checkSignal,
  checkThat,
  checkWhole,
} from '../../records/check-options';
import type { RecordLimits } from '../../records/limits';
import { checkReadable, openSource, type Readable } from '../../sources/open-source';
import type { S3Options } from '../../sources/s3-options';
import type { Source, SourceObject } from '../../sources/source';
import { SourceError } from '../../sources/source-error';
import type { OpenArchiveOptions } from '../file/open';
import { withWritableArchive } from '../file/writable-archive';
import type { Database } from '../store/database';
import { makeStagingFolder } from '../store/folders';
import { type LedgerEntry, readLedger } from '../store/ledger';
import { readTombstones } from '../store/tombstones';
import { Batches } from './batches';
import { noteFingerprints } from './enter-objects';
import { type IngestCounts, noIngestCounts } from './ingest-counts';
import { type IngestPlan, planIngest } from './ingest-plan';
import { type StagedCandidate, type StageOptions, stageObjects } from './stage-objects';
import { unlessAborted, watchedListing } from './watched-listing';

/** The archive to write to, options for reading the delivered objects, and callbacks for the progress. */
interface IngestOptions extends Pick<OpenArchiveOptions, 'wait' | 'onWait'> {
  /** The archive's file; created when it does not exist. */
  archive: string;
  /** Options for S3. */
  s3?: S3Options | undefined;
  /**
   * Limits for one record.
   * @default 4 MiB, 512 levels, 64 KiB
   */
  limits?: Partial<RecordLimits> | undefined;
  /**
   * Threads that read.
   * @default - one for each processor, at most 8
   */
  workers?: number | undefined;
  /**
   * Maximum number of objects in one transaction. A transaction also ends when their rows are some 128 MB. An ingest
   * that is killed reads its last batch again. With a smaller number, many objects take longer and the file is larger.
   * {@link follow} closes the archive after each batch.
   * @default 1000
   */
  batchObjects?: number | undefined;
  /** Called while objects are listed, and after each one that was read, with the progress. */
  onProgress?: ((progress: IngestProgress) => void) | undefined;
  /**
   * Called with one line about a transaction that was rolled back and is tried again. It contains no values of rows.
   */
  onNotice?: ((message: string) => void) | undefined;
  /** Ends the ingest after the current batch, or at once while objects are listed. */
  signal?: AbortSignal | undefined;
  /**
   * Names of the objects that the source can list. Only their ledger entries are read.
   * @default - any
   */
  onlyObjects?: readonly string[] | undefined;
}

const ingestChecks: Readonly<Record<keyof IngestOptions, Check>> = {
  archive: checkArchive,
  s3: checkObject,
  limits: checkObject,
  workers: checkWhole(0),
  batchObjects: checkWhole(1),
  onProgress: checkFunction,
  onNotice: checkFunction,
  signal: checkSignal,
  onlyObjects: checkThat(Array.isArray, 'a list of names'),
  wait: checkAmount,
  onWait: checkFunction,
};

/** The progress of an ingest, with objects that are not committed yet. */
interface IngestProgress {
  /** Number of objects that the source has listed so far. */
  listedObjects: number;
  /** Number of objects that are new or may have changed; 0 before all are listed. */
  objects: number;
  /** Number of those objects that have been read. */
  readObjects: number;
  /** Number of events read. */
  events: number;
  /** Number of bytes fetched, before decompression. */
  fetchedBytes: number;
}

/**
 * Threads for the engine, beside those that read. Each writes separate row groups, so more threads make smaller ones.
 * (The vacuum, which would join them, rewrites the archive with every batch.)
 */
function engineThreads(): number {
  return Math.max(1, Math.floor(availableParallelism() / 4));
}

/** The counts and callbacks of an ingest in progress. */
interface Account {
  counts: IngestCounts;
  progress: IngestProgress;
  /** Names of the candidates with a status. */
  settled: Set<string>;
}

/** The result of an ingest that may end before its last object. */
interface Ingested {
  counts: IngestCounts;
  /** The candidates that were not read, in their order. */
  left: readonly SourceObject[];
}

/** Options of an ingest that may end before its last object. */
interface PartOptions extends IngestOptions, Pick<StageOptions, 'isOver'> {}

/** Compares the source's objects with the ledger; undefined when the signal ended the listing. */
async function plan(
  database: Database,
  source: Source,
  { counts, progress }: Account,
  { archive, onProgress, signal, onlyObjects }: IngestOptions,
): Promise<IngestPlan | undefined> {
  const onListed = (listedObjects: number) => {
    progress.listedObjects = listedObjects;
    onProgress?.(progress);
  };
  const listing = watchedListing(source, { signal, onListed });
  const ledger = await readLedger(database, onlyObjects);
  if (onlyObjects === undefined)
    counts.knownObjects = [...ledger.values()].filter(({ ignored }) => ignored === undefined).length;
  return unlessAborted(planIngest(listing, ledger, archive), signal);
}

/** Stages the plan's candidates in a folder beside the archive. */
async function* stage(
  database: Database,
  { candidates }: IngestPlan,
  folder: string,
  options: PartOptions,
): AsyncGenerator<StagedCandidate, void> {
  const { archive, s3, limits, workers, isOver } = options;
  const setup = { folder, tombstones: await readTombstones(database) };
  yield* stageObjects(candidates, { archive, setup, s3, limits, workers, isOver });
}

/** Adds a candidate to a batch or to the counts, by its status. */
async function take(
  found: StagedCandidate,
  batches: Batches,
  touched: Map<string, LedgerEntry>,
  counts: IngestCounts,
): Promise<void> {
  const { status, uri } = found;
  if (status === 'staged') await batches.add(found.object);
  else if (status === 'failed') counts.failed.push({ object: uri, message: found.message });
  else {
    if (status === 'unchanged') counts.unchangedObjects++;
    else counts.ignored.push(uri);
    if (status === 'ignored') await batches.ignore(uri, found.version);
    else touched.set(uri, found.version);
  }
}

/** Commits the staged objects, in batches. */
async function commit(
  database: Database,
  staged: AsyncIterable<StagedCandidate>,
  { counts, progress, settled }: Account,
  { onProgress, onNotice = () => {}, batchObjects, signal }: IngestOptions,
): Promise<void> {
  const batches = new Batches(database, counts, onNotice, batchObjects);
  const touched = new Map<string, LedgerEntry>();
  await database.run(`
    SET threads = ${engineThreads()};
    SET max_vacuum_tasks = 0;
  `);
  onProgress?.(progress);
  try {
    for await (const found of staged) {
      await take(found, batches, touched, counts);
      settled.add(found.uri);
      if (found.read === undefined) continue;
      progress.readObjects++;
      progress.events += found.read.events;
      progress.fetchedBytes += found.read.fetchedBytes;
      onProgress?.(progress);
      if (signal?.aborted === true) break;
    }
    // All objects have been read: the last batch can use all processors.
    await batches.finish();
    await database.run(`SET threads = ${availableParallelism()}`);
    await batches.commit();
    await noteFingerprints(database, touched);
    await database.run('CHECKPOINT'); // closing also does it, but without reporting an error
  } catch (error) {
    // Objects that were read before the source failed need not be read again.
    if (error instanceof SourceError) await batches.commit();
    throw error;
  } finally {
    await batches.finish().catch(() => {}); // it reads staged rows; its error was thrown above
  }
}

/** Ingests into an open archive, in three steps: plan, stage, commit. It stages the next batch while it commits one. */
async function ingestInto(database: Database, source: Source, options: PartOptions): Promise<Ingested> {
  const counts = noIngestCounts();
  const progress = { listedObjects: 0, objects: 0, readObjects: 0, events: 0, fetchedBytes: 0 };
  const account = { counts, progress, settled: new Set<string>() };
  const planned = await plan(database, source, account, options);
  if (planned === undefined) return { counts, left: [] };
  progress.objects = planned.candidates.length;
  counts.unchangedObjects = planned.unchanged;
  counts.ignored.push(...planned.ignored);
  const folder = makeStagingFolder(options.archive);
  try {
    const staged = stage(database, planned, folder, options);
    await commit(database, staged, account, options);
    counts.skippedObjects = planned.skippedObjects;
    const left = planned.candidates.filter(({ object }) => !account.settled.has(object.uri));
    return { counts, left: left.map(({ object }) => object) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Ingests delivered objects into an archive, each exactly once. Objects in the archive are not read again, and an
 * object is committed together with its entry in the ledger. An event that several objects contain becomes one row. A
 * process that is killed leaves a valid archive, which the next run completes.
 *
 * @throws {TypeError} for an argument of another type or an unknown option
 * @throws {ArchiveError} when the archive cannot be opened, or has no space to grow
 * @throws {SourceError} when a source as a whole cannot be read
 *
 * @example
 * ```ts
 * const { newEvents, duplicates } = await ingest('s3://my-bucket/events/', { archive: 'ses-events.duckdb' });
 * ```
 */
async function ingest(source: Readable, options: IngestOptions): Promise<IngestCounts> {
  checkReadable(source);
  checkOptions(options, ingestChecks);
  checkArchive('archive', options.archive);
  const opened = await openSource(source, { s3: options.s3 }); // first: a wrong name must not create an archive
  return withWritableArchive(options, async (database) => {
    const { counts } = await ingestInto(database, opened, options);
    return counts;
  });
}

export { type IngestOptions, type IngestProgress, ingest, ingestInto };
