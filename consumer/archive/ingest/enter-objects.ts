import { byteCount, type ReadCounts } from '../../records/counts';
import { sqlText } from '../dialects/literals';
import type { Database } from '../store/database';
import type { LedgerEntry } from '../store/ledger';

/** An object as the ledger is to have it. */
interface LedgerObject {
  object: string;
  size: number | undefined;
  version: LedgerEntry;
  /** Whether the ledger has it already. */
  isKnown: boolean;
  /** Whether an older version of it was ingested. */
  isReplacement: boolean;
  counts: ReadCounts;
  /** Unlike that of any other object of the batch. */
  stagedObject: number;
}

/** What a batch has changed. */
interface BatchResult {
  /** Events that the archive did not have. */
  newEvents: number;
  /** Events of objects of which an older version was replaced, and that no other object has. */
  removedEvents: number;
  /** Events that were left out because the ledger says that those of their time were pruned. */
  prunedEvents: number;
}

/** Takes what points to older versions of the batch's objects out of the archive. */
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

/** Removes the events of older versions that no object holds any more. */
async function removeOrphans(database: Database): Promise<number> {
  return database.change(`
    DELETE FROM event_rows WHERE event_id IN (
      SELECT event_id FROM left_events WHERE event_id NOT IN (SELECT event_id FROM occurrences)
    )`);
}

/** The batch's objects as a table of the session, with their numbers. */
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
 * Enters objects into the ledger, in place of their older versions, in one transaction with the rows that `insert`
 * takes in. The session's table `batch_objects` says there which number a `staged_object` has.
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

/** Notes the new times of files whose content is the old one. */
async function noteFingerprints(
  database: Database,
  touched: ReadonlyMap<string, LedgerEntry>,
): Promise<void> {
  for (const [object, { fingerprint }] of touched) {
    await database.run('UPDATE objects SET fingerprint = ? WHERE object = ?', [fingerprint ?? null, object]);
  }
}

export { type BatchResult, enterObjects, type LedgerObject, noteFingerprints };
