import type { Database } from './database';

/** What the archive knows of an object that it has ingested. */
interface LedgerEntry {
  /** S3's ETag, or the content's hash for a file. */
  etag: string | undefined;
  /** For a file: size, times and inode, which tell without reading that it is the same. */
  fingerprint: string | undefined;
  /** Why the object is ignored; undefined for one that was ingested. */
  ignored?: IgnoreReason | undefined;
}

/**
 * Why an object is ignored: it holds no email event, it is a database or Parquet file, it was exported from the
 * archive, or somebody dropped it.
 */
type IgnoreReason = 'no-email-event' | 'database' | 'export' | 'dropped';

/** The objects that were ingested, by name. */
type Ledger = ReadonlyMap<string, LedgerEntry>;

/**
 * Reads the ledger.
 * @param only the objects whose entries are wanted; all by default
 */
async function readLedger(database: Database, only?: readonly string[]): Promise<Map<string, LedgerEntry>> {
  const ledger = new Map<string, LedgerEntry>();
  const all = 'SELECT object, etag, fingerprint, ignored FROM objects';
  const query = only ? `${all} WHERE object IN (SELECT unnest(from_json(?, '["VARCHAR"]')))` : all;
  for await (const rows of database.stream<{
    object: string;
    etag: string | null;
    fingerprint: string | null;
    ignored: IgnoreReason | null;
  }>(query, only ? [JSON.stringify(only)] : [])) {
    for (const { object, etag, fingerprint, ignored } of rows) {
      ledger.set(object, {
        etag: etag ?? undefined,
        fingerprint: fingerprint ?? undefined,
        ignored: ignored ?? undefined,
      });
    }
  }
  return ledger;
}

export { type IgnoreReason, type Ledger, type LedgerEntry, readLedger };
