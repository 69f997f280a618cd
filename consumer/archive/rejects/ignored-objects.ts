import { checkWhole } from '../../records/check-options';
import { noCounts } from '../../records/counts';
import type { OpenArchiveOptions } from '../file/open';
import { withWritableArchive } from '../file/writable-archive';
import { enterObjects } from '../ingest/enter-objects';
import type { Database } from '../store/database';
import type { IgnoreReason } from '../store/ledger';
import { unknownObject } from './known-object';

/** The objects to drop, and the archive that they are dropped from. */
interface DropOptions extends Pick<OpenArchiveOptions, 'wait' | 'onWait'> {
  /** The archive's file. */
  archive: string;
  /** Names in the archive: `s3://bucket/key`, or a file's full path. */
  objects: readonly string[];
}

/** Numbers of dropped objects, rejects and events. */
interface DropCounts {
  /** Number of objects. */
  objects: number;
  /** Number of their rejects. */
  rejects: number;
  /** Number of their events that no other object contains. */
  events: number;
}

interface FoundObject extends Record<string, unknown> {
  object: string;
  rejects: bigint;
}

async function findObjects(database: Database, archive: string, names: readonly string[]): Promise<number> {
  const found = await database.rows<FoundObject>(
    `SELECT object, rejects FROM objects WHERE object IN (SELECT unnest(from_json(?, '["VARCHAR"]')))`,
    [JSON.stringify(names)],
  );
  const missing = names.find((name) => found.every(({ object }) => object !== name));
  if (missing !== undefined) {
    throw unknownObject(archive, missing);
  }
  return found.reduce((sum, { rejects }) => sum + Number(rejects), 0);
}

async function dropIn(database: Database, archive: string, names: readonly string[]): Promise<DropCounts> {
  const rejects = await findObjects(database, archive, names);
  const entries = names.map((object, index) => ({
    object,
    stagedObject: index,
    size: undefined,
    version: { etag: undefined, fingerprint: undefined, ignored: 'dropped' } as const,
    isKnown: true,
    isReplacement: true,
    counts: noCounts(),
  }));
  const nothing = { newEvents: 0, prunedEvents: 0 };
  const { removedEvents } = await enterObjects(database, entries, async () => nothing);
  return { objects: names.length, rejects, events: removedEvents };
}

/**
 * Removes objects with their rejects and events from an archive. Later ingests ignore the objects, until you ingest them
 * by name. An event that another object contains remains.
 *
 * @throws {ArchiveError} when the archive does not contain one of the objects, or cannot be opened; the archive is unchanged then
 *
 * @example
 * ```ts
 * await dropObjects({ archive: 'ses-events.duckdb', objects: ['/mail/notes.csv'] }); // { objects: 1, rejects: 758, … }
 * ```
 */
async function dropObjects(options: DropOptions): Promise<DropCounts> {
  const { archive, objects } = options;
  return withWritableArchive(options, (database) => dropIn(database, archive, [...new Set(objects)]));
}

/** An object that ingests do not read again, with the reason. */
interface IgnoredObject {
  object: string;
  reason: IgnoreReason;
  /** The time when it was first ignored. */
  since: Date;
}

/** Lists the ignored objects, in the order of their names. */
async function* listIgnored(
  database: Database,
  { limit }: { limit?: number | undefined } = {},
): AsyncGenerator<IgnoredObject, void> {
  if (limit !== undefined) checkWhole(0)('limit', limit); // it goes into the SQL
  const query = `SELECT object, ignored AS reason, ingested_at AS since FROM objects WHERE ignored IS NOT NULL ORDER BY object`;
  const limited = limit === undefined ? query : `${query} LIMIT ${limit}`;
  for await (const rows of database.stream<IgnoredObject & Record<string, unknown>>(limited)) yield* rows;
}

export { type DropCounts, type DropOptions, dropObjects, type IgnoredObject, listIgnored };
