import { randomBytes } from 'node:crypto';
import { sqlText } from '../../archive/dialects/literals';
import { addressParts, canonicalAddress } from '../../archive/erasure/spellings/address';
import { addressHash, pseudonymOf, type Tombstone, type Tombstones } from '../../archive/store/tombstones';
import { type AthenaEngine, readAll } from '../engines/athena/athena-engine';
import { MissingTableError, QueryError } from '../engines/engine';
import { archiveTables } from '../iceberg/archive-tables';

/** A person to erase. */
interface Sought {
  tombstone: Tombstone;
  /** The salt of the catalog, and all erased people, with this one. */
  tombstones: Tombstones;
  /** Whether the catalog has this tombstone. */
  isKnown: boolean;
  /** Whether the salt and the pseudonym are only for this run, because the catalog has no tombstone yet. */
  isTemporary: boolean;
}

const rows = `SELECT address_hash, pseudonym, salt, removed FROM ${archiveTables.tombstones} ORDER BY forgotten_at, address_hash`;

/**
 * Reads the erased people of a catalog.
 *
 * @throws {QueryError} when the catalog has no archive, or Athena does not answer
 */
async function readTombstones(engine: AthenaEngine): Promise<Tombstones | undefined> {
  try {
    const found = await readAll(await engine.query(rows));
    if (found.length === 0) return undefined;
    if (found.some(([, , salt]) => salt !== found[0]?.[2]))
      throw new QueryError(
        `${archiveTables.tombstones} has two salts, because two first erasures ran at the same time: delete its rows, and erase these people again`,
      );
    const people = found.map(([hash, pseudonym, , removed]) => ({
      hash: String(hash),
      pseudonym: String(pseudonym),
      removed: removed === true,
    }));
    return { salt: String(found[0]?.[2]), people };
  } catch (error) {
    if (!(error instanceof MissingTableError)) throw error;
    throw new QueryError(
      `the catalog has no table ${archiveTables.tombstones}: create it with ses-events compact --engine athena, or deploy the schedule of the archive`,
      { cause: error },
    );
  }
}

/**
 * Makes the tombstone of a person. The catalog is not changed.
 *
 * @param remove whether to delete events about the person alone
 * @throws {ArchiveError} when the text is not an address
 * @throws {QueryError} as {@link readTombstones}
 */
async function soughtInCatalog(engine: AthenaEngine, address: string, remove: boolean): Promise<Sought> {
  const { local, domain } = addressParts(address);
  const { salt, people } = (await readTombstones(engine)) ?? {
    salt: randomBytes(32).toString('hex'),
    people: [],
  };
  const hash = addressHash(salt, canonicalAddress(local, domain));
  const known = people.find((person) => person.hash === hash);
  const tombstone = { hash, pseudonym: pseudonymOf(hash), removed: remove || known?.removed === true };
  const others = people.filter((person) => person !== known);
  return {
    tombstone,
    tombstones: { salt, people: [...others, tombstone] },
    isKnown: known !== undefined && known.removed === tombstone.removed,
    isTemporary: people.length === 0,
  };
}

/**
 * Stores the tombstone of a person, unless the catalog has it. Later merges replace the address too.
 * @throws {QueryError} when Athena fails, or another first erasure has stored another salt
 */
async function storeTombstone(engine: AthenaEngine, sought: Sought): Promise<Sought> {
  if (!sought.isKnown) {
    await engine.query(storingStatement(sought));
    await readTombstones(engine); // another first erasure can have stored another salt meanwhile
  }
  return { ...sought, isKnown: true, isTemporary: false };
}

function storingStatement({ tombstone: { hash, pseudonym, removed }, tombstones: { salt } }: Sought): string {
  return `MERGE INTO ${archiveTables.tombstones} AS stored
USING (VALUES (${[hash, pseudonym, salt].map(sqlText).join(', ')}, ${removed})) AS erased (address_hash, pseudonym, salt, removed)
ON stored.address_hash = erased.address_hash
WHEN MATCHED THEN UPDATE SET removed = erased.removed
WHEN NOT MATCHED THEN INSERT (address_hash, pseudonym, salt, removed, forgotten_at)
  VALUES (erased.address_hash, erased.pseudonym, erased.salt, erased.removed,
    CAST(current_timestamp AT TIME ZONE 'UTC' AS timestamp(3)))`;
}

export { readTombstones, type Sought, soughtInCatalog, storeTombstone };
