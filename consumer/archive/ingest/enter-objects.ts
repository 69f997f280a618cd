import { byteCount, type ReadCounts } from '../../records/counts';
import { sqlText } from '../dialects/literals';
import type { Database } from '../store/database';
import type { LedgerEntry } from '../store/ledger';

/** An object to enter into the ledger. */
interface LedgerObject {
  object: string;
  size: number | undefined;
  version: LedgerEntry;
  /** Whether the ledger already has it. */
  isKnown: boolean;
  /** Whether an older version of it was ingested. */
  isReplacement: boolean;
  counts: ReadCounts;
  /** Unique in the batch. */
  stagedObject: number;
}

/** The changes of a batch. */
interface BatchResult {
  /** Events that were not in the archive before. */
  newEvents: number;
  /** Events of replaced objects that no other object contains. */
  removedEvents: number;
  /** Events that were skipped because the ledger shows that events of their time were pruned. */
  prunedEvents: number;
}

/** Deletes the rows that refer to older versions of the batch's objects. */
async function removeReplaced(database: Database): Promise<void> {
  await database.run(`
    CREATE OR REPLACE TEMP TABLE replaced AS
      SELECT object_number FROM objects WHERE object IN (SELECT object FROM batch_objects);
    CREATE OR REPLACE TEMP TABLE left_events AS
      SELECT DISTINCT event_id FROM occurrences WHERE object_number IN (FROM replaced);
    DELETE FROM occurrences WHERE object_number IN (FROM replaced);
    DELETE FROM rejects WHERE object_number IN (FROM replaced);
    DELETE FROM objects WHERE object_number IN (FROM replaced);
  `);
}

/** Deletes the events of older versions that no object contains any more. */
async function removeOrphans(database: Database): Promise<number> {
  return database.change(`
    DELETE FROM event_rows WHERE event_id IN (
      SELECT event_id FROM left_events WHERE event_id NOT IN (SELECT event_id FROM occurrences)
    )`);
}

/** Makes a session table of the batch's objects, with their numbers. */
async function listObjects(database: Database, objects: readonly LedgerObject[]): Promise<void> {
  const rows = objects.map(({ object, size, version, counts, stagedObject }) => ({
    staged_object: stagedObject,
    object,
    etag: version.etag,
    fingerprint: version.fingerprint,
    ignored: version.ignored,
    size,
    events: counts.events,
    rejects: counts.rejects,
    skipped: JSON.stringify(counts.skipped),
    fetched_bytes: counts.fetchedBytes,
    bytes: byteCount(counts),
  }));
  const shape =
    '[{"staged_object":"BIGINT","object":"VARCHAR","etag":"VARCHAR","fingerprint":"VARCHAR","ignored":"VARCHAR","size":"BIGINT",' +
    '"events":"BIGINT","rejects":"BIGINT","skipped":"VARCHAR","fetched_bytes":"BIGINT","bytes":"BIGINT"}]';
  await database.run(
    `CREATE OR REPLACE TEMP TABLE batch_objects AS
      SELECT (SELECT coalesce(max(object_number), 0) FROM objects) + row_number() OVER (ORDER BY object) AS object_number,
        found.*, pruned_before
      FROM (SELECT unnest(from_json(${sqlText(JSON.stringify(rows))}, '${shape}'), recursive := true)) found
      LEFT JOIN (SELECT object, pruned_before FROM objects) USING (object)`,
  );
}

/**
 * Enters objects into the ledger, replacing their older versions, in one transaction with the rows that `insert`
 * inserts. For it, the session's table `batch_objects` has the number of each `staged_object`.
 */
async function enterObjects(
  database: Database,
  objects: readonly LedgerObject[],
  insert: () => Promise<Omit<BatchResult, 'removedEvents'>>,
): Promise<BatchResult> {
  return database.transaction(async () => {
    await listObjects(database, objects);
    const isReplacing = objects.some(({ isKnown }) => isKnown);
    if (isReplacing) await removeReplaced(database);
    const inserted = await insert();
    await database.run(`
      INSERT INTO objects BY NAME SELECT * EXCLUDE (staged_object), now()::TIMESTAMP AS ingested_at FROM batch_objects`);
    return { ...inserted, removedEvents: isReplacing ? await removeOrphans(database) : 0 };
  });
}

/** Updates the times of files whose content is unchanged. */
async function noteFingerprints(
  database: Database,
  touched: ReadonlyMap<string, LedgerEntry>,
): Promise<void> {
  for (const [object, { fingerprint }] of touched) {
    await database.run('UPDATE objects SET fingerprint = ? WHERE object = ?', [fingerprint ?? null, object]);
  }
}

export { type BatchResult, enterObjects, type LedgerObject, noteFingerprints };
