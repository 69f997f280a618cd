import { randomBytes } from 'node:crypto';
import { forget, tombstoneOf } from '../erasure/forget';
import { addressParts, canonicalAddress } from '../erasure/spellings/address';
import { withExistingArchive } from '../file/writable-archive';
import { addressHash, pseudonymOf, type Tombstones } from '../store/tombstones';
import { type CompleteObjects, readCompleteObjects } from './complete-objects';
import type { ForgetObjectsOptions } from './forget-objects-options';
import { readSaltFile } from './salt-file';

/** A person to erase from objects. */
interface Sought {
  tombstones: Tombstones;
  pseudonym: string;
  /** Whether the pseudonym is only for this run, which changes nothing. */
  isTemporary: boolean;
  /** The objects that the archive names for the person. */
  named: ReadonlySet<string>;
  /** The objects that need not be read, unless they are named. */
  complete: CompleteObjects;
}

function canonical(address: string): string {
  const { local, domain } = addressParts(address);
  return canonicalAddress(local, domain);
}

/** Finds the person in an archive. The archive is not changed. */
async function soughtIn(
  address: string,
  options: ForgetObjectsOptions & { archive: string },
): Promise<Sought> {
  const { archive, wait, onWait, signal, remove = false, allObjects = false } = options;
  const opened = { archive, wait, onWait, signal, dryRun: true };
  const { objects } = await forget(address, opened);
  return withExistingArchive(opened, async (database) => {
    const { tombstone, salt } = await tombstoneOf(database, canonical(address), remove);
    return {
      tombstones: { salt, people: [tombstone] },
      pseudonym: tombstone.pseudonym,
      isTemporary: false,
      named: new Set(objects),
      complete: allObjects ? new Map() : await readCompleteObjects(database),
    };
  });
}

/** Makes the pseudonym of the person with the salt beside the manifest. A dry run does not create one. */
function soughtWithout(
  address: string,
  { manifest, remove = false, dryRun = false }: ForgetObjectsOptions & { manifest: string },
): Sought {
  const kept = readSaltFile(manifest, dryRun);
  const salt = kept ?? randomBytes(32).toString('hex');
  const hash = addressHash(salt, canonical(address));
  const pseudonym = pseudonymOf(hash);
  return {
    tombstones: { salt, people: [{ hash, pseudonym, removed: remove }] },
    pseudonym,
    isTemporary: kept === undefined,
    named: new Set(),
    complete: new Map(),
  };
}

/** A person with a tombstone from elsewhere. */
function soughtBy(tombstones: Tombstones, pseudonym: string): Sought {
  return { tombstones, pseudonym, isTemporary: false, named: new Set(), complete: new Map() };
}

export { type Sought, soughtBy, soughtIn, soughtWithout };
