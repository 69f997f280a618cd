import { createHash } from 'node:crypto';
import type { Database } from './database';

/** A person who was forgotten, without the address. */
interface Tombstone {
  /** The {@link addressHash}: 64 hexadecimal digits. */
  hash: string;
  /** What stands in place of the address. */
  pseudonym: string;
  /** Whether events about this person alone are left out, and not only pseudonymized. */
  removed: boolean;
}

/** Everyone who was forgotten in an archive; plain data, since it crosses to other threads. */
interface Tombstones {
  /** The archive's own, so that hashes say nothing about another archive's. */
  salt: string;
  people: readonly Tombstone[];
}

/** Addresses whose answer is remembered; a message's recipients come again with each of its events. */
const rememberedAddresses = 50_000;

/** The salted SHA-256 of an address in its canonical form, as 64 hexadecimal digits. */
function addressHash(salt: string, address: string): string {
  return createHash('sha256').update(`${salt}:${address}`).digest('hex');
}

/** What stands in place of an address: the same wherever it stood, so that a person is still counted once. */
function pseudonymOf(hash: string): string {
  return `forgotten-${hash.slice(0, 12)}@forgotten.invalid`;
}

/** Those who were forgotten, looked up by address. */
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

  /** Who it is that has this canonical address or this pseudonym, when the person was forgotten. */
  find(address: string): Tombstone | undefined {
    if (this.remembered.has(address)) return this.remembered.get(address);
    const found = this.byPseudonym.get(address) ?? this.byHash.get(addressHash(this.salt, address));
    if (this.remembered.size >= rememberedAddresses) this.remembered.clear();
    this.remembered.set(address, found);
    return found;
  }
}

/** The archive's salt. */
async function readSalt(database: Database): Promise<string> {
  const [row] = await database.rows<{ salt: string }>('SELECT salt FROM archive');
  if (row === undefined) throw new Error('the archive has no salt');
  return row.salt;
}

/** Everyone who was forgotten in an archive; undefined when nobody was. */
async function readTombstones(database: Database): Promise<Tombstones | undefined> {
  const rows = await database.rows<{ address_hash: string; pseudonym: string; removed: boolean }>(
    'SELECT address_hash, pseudonym, removed FROM tombstones',
  );
  if (rows.length === 0) return undefined;
  const people = rows.map(({ address_hash: hash, pseudonym, removed }) => ({ hash, pseudonym, removed }));
  return { salt: await readSalt(database), people };
}

export { addressHash, Forgotten, pseudonymOf, readSalt, readTombstones, type Tombstone, type Tombstones };
