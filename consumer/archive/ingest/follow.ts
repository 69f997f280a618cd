import { setTimeout as sleep } from 'node:timers/promises';
import { openSource, type Readable } from '../../sources/open-source';
import type { Source, SourceObject } from '../../sources/source';
import { inArchive } from './in-archive';
import { type IngestOptions, ingestInto } from './ingest';
import type { IngestCounts } from './ingest-counts';

/** Told of a batch that is in the archive. */
type OnBatch<Counts extends IngestCounts> = (counts: Counts, seconds: number) => void;

/** How to follow sources. */
interface FollowOptions extends IngestOptions {
  /**
   * Seconds between two listings.
   * @default 60
   */
  every?: number | undefined;
  /** Called after each listing, whether it found something new or not. */
  onBatch?: OnBatch<IngestCounts> | undefined;
}

/** A source that has been listed: the archive need not be held for as long as that takes. */
async function listed(source: Source): Promise<Source> {
  const objects: SourceObject[] = [];
  for await (const object of source.objects()) objects.push(object);
  return {
    leftOut: source.leftOut,
    async *objects() {
      yield* objects;
    },
  };
}

/**
 * Ingests a source again and again until the signal says stop. The archive is open only while new objects
 * are looked for and read; one that another process holds is waited for.
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
  const { s3, signal, every = 60, onBatch } = options;
  while (signal?.aborted !== true) {
    const started = Date.now();
    const objects = await listed(await openSource(source, { s3 }));
    const counts = await inArchive({ ...options, isPatient: true }, (database) =>
      ingestInto(database, objects, options),
    );
    if (counts !== undefined) onBatch?.(counts, (Date.now() - started) / 1000);
    await sleep(every * 1000, undefined, { ...(signal && { signal }) }).catch(() => {}); // the signal ends it
  }
}

export { type FollowOptions, follow, type OnBatch };
