import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { checkArchive, checkBoolean, checkOptions, checkText } from '../../records/check-options';
import { sqlText } from '../dialects/literals';
import { announceCompaction } from '../file/compact';
import { withExistingArchive } from '../file/writable-archive';
import { columns } from '../store/columns';
import type { Database } from '../store/database';
import { makeReadingFolder, makeStagingFolder } from '../store/folders';
import { addressHash, pseudonymOf, readSalt, readTombstones, type Tombstone } from '../store/tombstones';
import { Erasure } from './erase-outcome';
import { type Found, findPerson } from './find-person';
import { Mentions } from './mentions';
import { personPattern } from './person-pattern';
import { abortable, compactIfDue, type EraseOptions, eraseChecks } from './progress';
import { type AddressParts, addressParts, canonicalAddress } from './spellings/address';

/** Options for erasing a person. */
interface ForgetOptions extends EraseOptions {
  /**
   * Whether to delete events about the person alone. In all others, a pseudonym replaces the person.
   * @default false
   */
  remove?: boolean | undefined;
}

/** The changes of `forget`, or those that it would make. */
interface ForgetReport extends Found {
  /** The replacement for the address. */
  pseudonym: string;
  isDryRun: boolean;
}

/** Replaces the rows in which the person was found, and stores the tombstone for later ingests. */
async function change(database: Database, { hash, pseudonym, removed }: Tombstone): Promise<void> {
  const names = columns.map(({ name }) => `"${name}"`).join(', ');
  await database.transaction(async () => {
    await database.run('DELETE FROM tombstones WHERE address_hash = ?', [hash]);
    await database.run(
      'INSERT INTO tombstones (address_hash, pseudonym, forgotten_at, removed) VALUES (?, ?, now()::TIMESTAMP, ?)',
      [hash, pseudonym, removed],
    );
    await database.run(`
      DELETE FROM event_rows WHERE event_id IN (SELECT event_id FROM event_states WHERE state <> 'known');
      INSERT INTO event_rows BY NAME SELECT ${names} FROM changed_events;
      UPDATE occurrences SET firehose_error = new.firehose_error
        FROM changed_occurrences new WHERE occurrences.rowid = new."row";
      UPDATE rejects SET firehose_error = new.firehose_error, message = new.message, issues = new.issues, raw = new.raw
        FROM changed_rejects new WHERE rejects.rowid = new."row";
      INSERT INTO rejects BY NAME
        SELECT occurrences.* EXCLUDE (event_id), reason, message, raw
        FROM occurrences JOIN rejected_events USING (event_id);
      UPDATE objects SET events = events - moved, rejects = rejects + moved
        FROM (
          SELECT object_number, count(*) AS moved FROM occurrences JOIN rejected_events USING (event_id)
          GROUP BY object_number
        ) places WHERE objects.object_number = places.object_number;
      DELETE FROM occurrences WHERE event_id IN (SELECT event_id FROM event_states WHERE state IN ('removed', 'rejected'));
    `);
  });
}

/** Makes the tombstone of the person. */
async function tombstoneOf(
  database: Database,
  address: string,
  remove: boolean,
): Promise<{ tombstone: Tombstone; salt: string; isKnown: boolean }> {
  const salt = await readSalt(database);
  const hash = addressHash(salt, address);
  const known = (await readTombstones(database))?.people.find((person) => person.hash === hash);
  const removed = remove || known?.removed === true;
  const tombstone = { hash, pseudonym: known?.pseudonym ?? pseudonymOf(hash), removed };
  return { tombstone, salt, isKnown: known !== undefined && known.removed === removed };
}

const changes = (found: Found) =>
  found.eventsChanged +
  found.eventsRemoved +
  found.eventsRejected +
  found.occurrencesChanged +
  found.rejectsChanged;

/** Finds a person, and makes the rows without the person. Does not change the archive. */
async function findChanges(
  database: Database,
  address: AddressParts,
  folder: string,
  options: ForgetOptions,
) {
  const { remove = false, dryRun: isDryRun = false, signal, onProgress } = options;
  // A run that writes the archive spills beside it.
  if (isDryRun) await database.run(`SET temp_directory = ${sqlText(join(folder, 'spilled'))}`);
  const canonical = canonicalAddress(address.local, address.domain);
  const { tombstone, salt, isKnown } = await tombstoneOf(database, canonical, remove);
  const { pseudonym } = tombstone;
  const person = { salt, people: [tombstone] };
  const found = await findPerson(database, {
    pattern: personPattern(address, pseudonym),
    pseudonym,
    erasure: new Erasure(person),
    mentions: new Mentions(person),
    folder,
    onExamined: (examined) => {
      signal?.throwIfAborted();
      onProgress?.({ step: 'searching', ...examined });
    },
  });
  const report: ForgetReport = { pseudonym, isDryRun, ...found };
  return { report, tombstone, isChanged: !isKnown || changes(found) > 0 };
}

async function forgetIn(
  database: Database,
  address: AddressParts,
  folder: string,
  options: ForgetOptions,
): Promise<ForgetReport> {
  const { archive, dryRun = false, signal } = options;
  const { report, tombstone, isChanged } = await abortable(database, signal, () =>
    findChanges(database, address, folder, options),
  );
  if (dryRun) return report;
  if (isChanged) {
    announceCompaction(archive);
    await change(database, tombstone);
  }
  await compactIfDue(database, options);
  return report;
}

/**
 * Erases a person. A pseudonym replaces the address everywhere in the archive, in any spelling. The file is compacted,
 * so that no freed block contains the address. Every later ingest erases the person from the objects that it reads. The
 * delivered objects themselves are not changed: the report lists those that contain the person. Call `forgetObjects` first
 * to erase from them.
 *
 * @param address a bare address, in any letter case
 * @throws {TypeError} for an argument of another type or an unknown option
 * @throws {ArchiveError} when the text is not an address, or the archive cannot be opened or compacted; or the reason
 * of `signal`
 *
 * @example
 * ```ts
 * const { eventsChanged, objects } = await forget('ana@example.com', { archive: 'ses-events.duckdb' });
 * ```
 */
async function forget(address: string, options: ForgetOptions): Promise<ForgetReport> {
  checkText('address', address);
  checkOptions(options, { ...eraseChecks, remove: checkBoolean });
  checkArchive('archive', options.archive);
  const { archive, dryRun = false } = options;
  const parts = addressParts(address);
  return withExistingArchive(options, async (database) => {
    const folder = dryRun ? makeReadingFolder(archive) : makeStagingFolder(archive);
    try {
      return await forgetIn(database, parts, folder, options);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
}

export { type ForgetOptions, type ForgetReport, forget, tombstoneOf };
