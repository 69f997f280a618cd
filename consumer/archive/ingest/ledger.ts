import type { Database } from '../database/database';

/** What the archive knows of an object that it has ingested. */
interface LedgerEntry {
  /** S3's ETag, or the content's hash for a file. */
  etag: string | undefined;
  /** For a file: size, times and inode, which tell without reading that it is the same. */
  fingerprint: string | undefined;
}

/** The objects that were ingested, by name. */
type Ledger = ReadonlyMap<string, LedgerEntry>;

/** Reads the ledger. */
async function readLedger(database: Database): Promise<Map<string, LedgerEntry>> {
  const ledger = new Map<string, LedgerEntry>();
  const query = 'SELECT object, etag, fingerprint FROM objects';
  for await (const rows of database.stream<{
    object: string;
    etag: string | null;
    fingerprint: string | null;
  }>(query)) {
    for (const { object, etag, fingerprint } of rows) {
      ledger.set(object, { etag: etag ?? undefined, fingerprint: fingerprint ?? undefined });
    }
  }
  return ledger;
}

export { type Ledger, type LedgerEntry, readLedger };
