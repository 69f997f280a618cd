import type { Database } from '../store/database';
import type { RecordChange } from './erased-bytes';
import type { Manifest, ManifestVersion } from './manifest';

/** The changes of an object that lead from the version in the ledger to a newer one. */
interface Rewriting {
  after: ManifestVersion;
  /** The changes of each, in order. Offsets refer to the version before. */
  changes: readonly (readonly RecordChange[])[];
}

/** Follows the steps of an object from a version. Undefined when none begins with it. */
function rewritingFrom(manifest: Manifest, object: string, etag: string | null): Rewriting | undefined {
  let after: ManifestVersion | undefined;
  const changes: (readonly RecordChange[])[] = [];
  for (const step of manifest.stepsOf(object)) {
    if (step.step !== 'rewritten' || step.before.etag !== (after?.etag ?? etag)) continue;
    after = step.after;
    changes.push(step.changes);
  }
  return after && { after, changes };
}

/** Moves the places of the object's records, as the changed lengths of records before them require. */
async function movePlaces(
  database: Database,
  object: bigint,
  changes: readonly RecordChange[],
): Promise<void> {
  const list = JSON.stringify(changes.map(([start, before, after]) => ({ start, longer: after - before })));
  await database.run(
    `CREATE OR REPLACE TEMP TABLE record_changes AS
       SELECT unnest(from_json(?, '[{"start":"BIGINT","longer":"BIGINT"}]'), recursive := true)`,
    [list],
  );
  for (const table of ['occurrences', 'rejects']) {
    await database.run(`
      UPDATE ${table} SET
        byte_offset = byte_offset + coalesce(
          (SELECT sum(longer) FROM record_changes WHERE start < byte_offset), 0)::BIGINT,
        byte_length = byte_length + coalesce(
          (SELECT sum(longer) FROM record_changes WHERE start = byte_offset), 0)::BIGINT
      WHERE object_number = ${object}`);
  }
}

/**
 * Enters the rewritten versions of a manifest into the ledger, in one transaction: the archive has their events, so an ingest
 * must not read them again. The places of their records are moved.
 *
 * @returns the number of objects
 */
async function enterRewritten(database: Database, manifest: Manifest): Promise<number> {
  let count = 0;
  await database.transaction(async () => {
    for (const object of manifest.rewritten) {
      const [entry] = await database.rows<{ object_number: bigint; etag: string | null }>(
        'SELECT object_number, etag FROM objects WHERE object = ?',
        [object],
      );
      const rewriting = entry && rewritingFrom(manifest, object, entry.etag);
      if (entry === undefined || rewriting === undefined) continue;
      const { after, changes } = rewriting;
      for (const step of changes) await movePlaces(database, entry.object_number, step);
      const longer = changes.flat().reduce((sum, [, before, now]) => sum + now - before, 0);
      await database.run(
        `UPDATE objects SET etag = ?, fingerprint = ?, size = ${after.bytes}, fetched_bytes = ${after.bytes},
           bytes = bytes + ${longer} WHERE object_number = ${entry.object_number}`,
        [after.etag, after.fingerprint ?? null],
      );
      count++;
    }
  });
  return count;
}

export { enterRewritten };
