import { checkOptions, checkText } from '../../records/check-options';
import { addressParts } from '../erasure/spellings/address';
import { withExistingArchive } from '../file/writable-archive';
import type { Tombstones } from '../store/tombstones';
import { atOnce } from './at-once';
import { isInArchive } from './complete-objects';
import { type ErasedObject, eraseObject } from './erase-object';
import {
  checkPlaces,
  defaultManifest,
  type ForgetObjectsOptions,
  forgetObjectsChecks,
} from './forget-objects-options';
import type { ForgetObjectsReport, UnerasedObject } from './forget-objects-report';
import { enterRewritten } from './ledger-updates';
import { Manifest } from './manifest';
import { openPlaces } from './open-places';
import type { StoredObject, StoredObjects, StoredVersion } from './places/stored-object';
import { UnerasableError } from './places/unerasable-error';
import { type Sought, soughtBy, soughtIn, soughtWithout } from './sought';

/** The work and the counts of one call. */
class ObjectsErasure {
  readonly erased: ErasedObject[] = [];
  readonly failed: UnerasedObject[] = [];
  readonly counts = { examinedObjects: 0, examinedVersions: 0, examinedBytes: 0, skippedObjects: 0 };
  /** Objects that the archive names and that were listed. */
  readonly seen = new Set<string>();
  isInterrupted = false;

  constructor(
    private readonly sought: Sought,
    private readonly manifest: Manifest,
    private readonly options: ForgetObjectsOptions,
  ) {}

  async erase(places: readonly StoredObjects[]): Promise<void> {
    const { concurrency = 4, signal } = this.options;
    const isOver = () => {
      this.isInterrupted ||= signal?.aborted === true;
      return this.isInterrupted;
    };
    for (const place of places) {
      await atOnce(place.objects(), concurrency, isOver, (object) => this.eraseOne(object));
      if (isOver()) return;
    }
  }

  private async eraseOne(object: StoredObject): Promise<void> {
    const { sought, manifest, options } = this;
    const { dryRun: isDryRun = false, signal, onProgress } = options;
    if (sought.named.has(object.name)) this.seen.add(object.name);
    const isKnown = (name: string, version: StoredVersion) =>
      !sought.named.has(name) && isInArchive(sought.complete, name, version);
    try {
      const setup = { tombstones: sought.tombstones, manifest, isDryRun, isKnown, signal };
      const { erased, examinedVersions, examinedBytes } = await eraseObject(object, setup);
      this.counts[examinedVersions === 0 ? 'skippedObjects' : 'examinedObjects']++;
      this.counts.examinedVersions += examinedVersions;
      this.counts.examinedBytes += examinedBytes;
      if (erased !== undefined) this.erased.push(erased);
    } catch (error) {
      if (signal?.aborted === true && error === signal.reason) this.isInterrupted = true;
      else if (error instanceof UnerasableError)
        this.failed.push({ object: object.name, message: error.message });
      else throw error;
    }
    const { examinedObjects, examinedBytes } = this.counts;
    onProgress?.({ examinedObjects, examinedBytes, erasedObjects: this.erased.length });
  }
}

const byName = (one: { object: string }, other: { object: string }) => (one.object < other.object ? -1 : 1);

/** Enters the rewritten objects into the ledger of the archive, if there is one. */
async function updateLedger(manifest: Manifest, options: ForgetObjectsOptions): Promise<void> {
  const { archive, wait, onWait, dryRun = false } = options;
  if (archive === undefined || dryRun || manifest.rewritten.length === 0) return;
  await withExistingArchive({ archive, wait, onWait }, (database) => enterRewritten(database, manifest));
}

/** Returns the person to erase, given the path of the manifest. */
type Seek = (manifest: string) => Promise<Sought> | Sought;

async function forgetIn(
  names: readonly string[],
  options: ForgetObjectsOptions,
  seek: Seek,
): Promise<ForgetObjectsReport> {
  const { archive, manifest: path = defaultManifest, dryRun: isDryRun = false, since, s3 } = options;
  const manifest = new Manifest(path);
  const opened = await openPlaces(names, { archive, manifest: path, since, s3 });
  try {
    const sought = await seek(path);
    const work = new ObjectsErasure(sought, manifest, options);
    try {
      await work.erase(opened.places);
    } finally {
      // Also after an error: an ingest would read the rewritten objects again.
      await updateLedger(manifest, options);
    }
    return {
      pseudonym: sought.isTemporary ? undefined : sought.pseudonym,
      isDryRun,
      isInterrupted: work.isInterrupted,
      ...work.counts,
      foreignObjects: opened.places.reduce((sum, { foreign }) => sum + foreign, 0),
      erased: work.erased.sort(byName),
      failed: work.failed.sort(byName),
      elsewhere: work.isInterrupted ? [] : [...sought.named].filter((name) => !work.seen.has(name)).sort(),
    };
  } finally {
    manifest.close();
    opened.close();
  }
}

/**
 * Erases a person from delivered objects, in S3 or in local folders. Each object that contains the person is rewritten under its
 * name, with the same compression and settings, if it is still the one that was read. In a bucket that keeps versions, the
 * versions that contain the person are deleted next. Records that are not about the person keep every byte. A run that is
 * killed leaves complete objects, and the next run completes it.
 *
 * @param address a bare address, in any letter case
 * @param places files, folders, globs or `s3://bucket/prefix`
 * @throws {TypeError} for an argument of another type or an unknown option
 * @throws {ArchiveError} when the text is not an address, or the archive cannot be opened; or the reason of `signal`, when it
 * came before the first object
 * @throws {SourceError} when a place cannot be listed or read at all
 * @throws {ErasureError} when the manifest or its salt cannot be used
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 *
 * @example
 * ```ts
 * const { erased, failed } = await forgetObjects('ana@example.com', 's3://my-bucket/events/', {
 *   archive: 'ses-events.duckdb',
 * });
 * ```
 */
async function forgetObjects(
  address: string,
  places: string | readonly string[],
  options: ForgetObjectsOptions = {},
): Promise<ForgetObjectsReport> {
  checkText('address', address);
  checkPlaces('places', places);
  checkOptions(options, forgetObjectsChecks);
  addressParts(address); // a wrong address must not create a salt
  const { archive } = options;
  return forgetIn([places].flat(), options, (manifest) =>
    archive === undefined
      ? soughtWithout(address, { ...options, manifest })
      : soughtIn(address, { ...options, archive }),
  );
}

/**
 * Erases a person from delivered objects, as {@link forgetObjects}, with a tombstone from elsewhere.
 *
 * @param person the tombstones with that of the person, and the pseudonym of the person
 */
function forgetObjectsOf(
  person: { tombstones: Tombstones; pseudonym: string },
  places: readonly string[],
  options: Omit<ForgetObjectsOptions, 'archive' | 'remove' | 'allObjects'>,
): Promise<ForgetObjectsReport> {
  return forgetIn(places, options, () => soughtBy(person.tombstones, person.pseudonym));
}

export { forgetObjects, forgetObjectsOf };
