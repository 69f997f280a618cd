import type { Database } from '../store/database';
import type { StoredVersion } from './places/stored-object';

/** The ledger's entry of an object that is completely in the archive. */
interface CompleteEntry {
  etag: string | undefined;
  fingerprint: string | undefined;
}

/** The objects whose content the archive has completely, by their names. Their other versions are not among them. */
type CompleteObjects = ReadonlyMap<string, CompleteEntry>;

/** The columns, as far as an archive of an earlier version has them. */
interface LedgerRow {
  object: string;
  etag: string | null;
  fingerprint: string | null;
  rejects: bigint;
  skipped: string;
  pruned_before?: Date | null;
  ignored?: string | null;
  [name: string]: unknown;
}

const ledgerColumns = ['object', 'etag', 'fingerprint', 'rejects', 'skipped', 'pruned_before', 'ignored'];

function isComplete({ rejects, skipped, pruned_before, ignored }: LedgerRow): boolean {
  const isKept = (pruned_before ?? undefined) === undefined && (ignored ?? undefined) === undefined;
  return rejects === 0n && skipped === '{}' && isKept;
}

/**
 * Reads the objects that are completely in an archive: without rejects, of which it can have the first bytes only, without
 * skipped records, and without events that were deleted by age. If the archive does not name such an object for a person, the
 * object does not contain the person. None after events of a person were removed, because the archive does not show where
 * they were.
 */
async function readCompleteObjects(database: Database): Promise<CompleteObjects> {
  const complete = new Map<string, CompleteEntry>();
  if ((await database.count('tombstones WHERE removed')) > 0) return complete;
  const query = `SELECT COLUMNS('^(?:${ledgerColumns.join('|')})$') FROM objects`;
  for await (const rows of database.stream<LedgerRow>(query)) {
    for (const row of rows) {
      if (!isComplete(row)) continue;
      complete.set(row.object, {
        etag: row.etag ?? undefined,
        fingerprint: row.fingerprint ?? undefined,
      });
    }
  }
  return complete;
}

/** Whether the archive has this version of an object completely. */
function isInArchive(complete: CompleteObjects, name: string, version: StoredVersion): boolean {
  const entry = version.isCurrent ? complete.get(name) : undefined;
  if (entry === undefined) return false;
  return version.fingerprint === undefined
    ? version.etag !== undefined && version.etag === entry.etag
    : version.fingerprint === entry.fingerprint;
}

export { type CompleteObjects, isInArchive, readCompleteObjects };
