import { setTimeout as sleep } from 'node:timers/promises';
import { openSource, type Readable } from '../../sources/open-source';
import { type Source, type SourceObject, sourceOf } from '../../sources/source';
import { withWritableArchive } from '../file/writable-archive';
import { readLedger } from '../store/ledger';
import type { IngestOptions } from './ingest';
import { type IngestCounts, noIngestCounts } from './ingest-counts';
import { planIngest } from './ingest-plan';
import { ingestSlices } from './ingest-slices';
import { unlessAborted, watchedListing } from './watched-listing';

/** Called with the counts and the duration of a committed batch. */
type OnBatch<Counts extends IngestCounts> = (counts: Counts, seconds: number) => void;

/** How to ingest, how often to list the sources, and callbacks for each batch. */
interface FollowOptions extends Omit<IngestOptions, 'onlyObjects' | 'onProgress'> {
  /**
   * Seconds between two listings.
   * @default 60
   */
  every?: number | undefined;
  /** Called while objects are listed, and in each batch after each object that was read, with the progress. */
  onProgress?: IngestOptions['onProgress'];
  /**
   * Called after each batch of new objects, and once for a listing without any. The first batch of a listing includes
   * the counts of its unchanged and skipped objects.
   */
  onBatch?: OnBatch<IngestCounts> | undefined;
}

async function listed(source: Source): Promise<SourceObject[]> {
  const objects: SourceObject[] = [];
  for await (const object of source.objects()) objects.push(object);
  return objects;
}

/** Finds the new objects of a listing, and counts the others. */
async function findNew(
  source: Source,
  options: FollowOptions,
): Promise<{ objects: SourceObject[]; rest: IngestCounts } | undefined> {
  const { signal, onProgress } = options;
  const onListed = (listedObjects: number) =>
    onProgress?.({ listedObjects, objects: 0, readObjects: 0, events: 0, fetchedBytes: 0 });
  const objects = await unlessAborted(listed(watchedListing(source, { signal, onListed })), signal);
  if (objects === undefined) return undefined;
  const listing = sourceOf(objects, source.skippedObjects);
  const ledger = await withWritableArchive({ ...options, waitForever: true }, (database) =>
    readLedger(database),
  );
  if (ledger === undefined) return undefined;
  // The archive is closed: each slice compares its objects with the ledger again.
  const plan = await planIngest(listing, ledger, options.archive);
  const { candidates, unchanged: unchangedObjects, ignored, skippedObjects } = plan;
  return {
    objects: candidates.map(({ object }) => object),
    rest: { ...noIngestCounts(), unchangedObjects, ignored: [...ignored], skippedObjects },
  };
}

/** Lists the source once and ingests the new objects. */
async function followOnce(source: Source, options: FollowOptions): Promise<void> {
  const { onBatch } = options;
  let started = Date.now();
  const found = await findNew(source, options);
  if (found === undefined) return;
  let { rest } = found;
  if (found.objects.length === 0) onBatch?.(rest, (Date.now() - started) / 1000);
  for await (const counts of ingestSlices(found.objects, { ...options, waitForever: true })) {
    counts.unchangedObjects += rest.unchangedObjects;
    counts.ignored.push(...rest.ignored);
    counts.skippedObjects = rest.skippedObjects;
    onBatch?.(counts, (Date.now() - started) / 1000);
    rest = noIngestCounts();
    started = Date.now();
  }
}

/**
 * Ingests a source repeatedly until the signal ends it. The archive is open only while the ledger is read, and
 * for one batch at a time. A batch takes objects for at most 3 s, completes them and commits them. Other processes can
 * open the archive in between. Waits for an archive that another
 * process has open.
 *
 * @throws {ArchiveError} when the archive cannot be opened for another reason
 * @throws {SourceError} when a source as a whole cannot be read
 *
 * @example
 * ```ts
 * await follow('s3://my-bucket/events/', { archive: 'ses-events.duckdb', every: 300, signal });
 * ```
 */
async function follow(source: Readable, options: FollowOptions): Promise<void> {
  const { s3, signal, every = 60 } = options;
  while (signal?.aborted !== true) {
    await followOnce(await openSource(source, { s3 }), options);
    await sleep(every * 1000, undefined, { ...(signal && { signal }) }).catch(() => {}); // the signal ends it
  }
}

export { type FollowOptions, follow, type OnBatch };
