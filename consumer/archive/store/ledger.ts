import type { Database } from './database';

/** The ledger's entry of an ingested or ignored object. */
interface LedgerEntry {
  /** S3's ETag, or the content's hash for a file. */
  etag: string | undefined;
  /** For a file: size, times and inode, which show without reading that it is unchanged. */
  fingerprint: string | undefined;
  /** The reason for ignoring the object; undefined for an ingested one. */
  ignored?: IgnoreReason | undefined;
}

/**
 * The reason for ignoring an object: it contains no email event, it is a database or Parquet file, it was exported from
 * the archive, or a user dropped it.
 */
type IgnoreReason = 'no-email-event' | 'database' | 'export' | 'dropped';

/** The entries of the ledger, by the object's name. */
type Ledger = ReadonlyMap<string, LedgerEntry>;

/**
 * Reads the ledger.
 * @param only the names of the objects to read entries of; all by default
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
