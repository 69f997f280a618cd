import { hash } from 'node:crypto';
import type { Database } from './database';

/** An erased person, without the address. */
interface Tombstone {
  /** The {@link addressHash}: 64 hexadecimal digits. */
  hash: string;
  /** The replacement for the address. */
  pseudonym: string;
  /** Whether events about this person alone are skipped, and not only pseudonymized. */
  removed: boolean;
}

/** All erased people of an archive; plain data, because it is sent to other threads. */
interface Tombstones {
  /** The archive's salt. Hashes of different archives cannot be compared. */
  salt: string;
  people: readonly Tombstone[];
}

/** Addresses with a cached result: a message's recipients occur in each of its events. */
const rememberedAddresses = 50_000;

/** Returns the salted SHA-256 of an address in its canonical form, as 64 hexadecimal digits. */
function addressHash(salt: string, address: string): string {
  return hash('sha256', `${salt}:${address}`, 'hex');
}

/** The domain of all pseudonyms. It can belong to nobody. */
const pseudonymDomain = 'forgotten.invalid';

/** Returns the pseudonym for an address. It is the same at every occurrence, so that a person is still counted once. */
function pseudonymOf(hash: string): string {
  return `forgotten-${hash.slice(0, 12)}@${pseudonymDomain}`;
}

/** The erased people, searchable by address. */
class Forgotten {
  private readonly salt: string;
  private readonly byHash: ReadonlyMap<string, Tombstone>;
  private readonly byPseudonym: ReadonlyMap<string, Tombstone>;
  private readonly remembered = new Map<string, Tombstone | undefined>();

  constructor({ salt, people }: Tombstones) {
    this.salt = salt;
    this.byHash = new Map(people.map((person) => [person.hash, person]));
    this.byPseudonym = new Map(people.map((person) => [person.pseudonym, person]));
  }

  /** Finds the erased person with this canonical address or this pseudonym; undefined if there is none. */
  find(address: string): Tombstone | undefined {
    const known = this.remembered.get(address);
    if (known !== undefined || this.remembered.has(address)) return known;
    const found = this.findNew(address);
    if (this.remembered.size >= rememberedAddresses) this.remembered.clear();
    this.remembered.set(address, found);
    return found;
  }

  /** The same as {@link find}, for an address that is probably not found again: the result is not cached. */
  findNew(address: string): Tombstone | undefined {
    return this.byPseudonym.get(address) ?? this.byHash.get(addressHash(this.salt, address));
  }
}

/** Reads the archive's salt. */
async function readSalt(database: Database): Promise<string> {
  const [row] = await database.rows<{ salt: string }>('SELECT salt FROM archive');
  if (row === undefined) throw new Error('the archive has no salt');
  return row.salt;
}

/** Reads the erased people of an archive; undefined if there are none. */
async function readTombstones(database: Database): Promise<Tombstones | undefined> {
  const rows = await database.rows<{ address_hash: string; pseudonym: string; removed: boolean }>(
    'SELECT address_hash, pseudonym, removed FROM tombstones',
  );
  if (rows.length === 0) return undefined;
  const people = rows.map(({ address_hash: hash, pseudonym, removed }) => ({ hash, pseudonym, removed }));
  return { salt: await readSalt(database), people };
}

export {
  addressHash,
  Forgotten,
  pseudonymDomain,
  pseudonymOf,
  readSalt,
  readTombstones,
  type Tombstone,
  type Tombstones,
};
