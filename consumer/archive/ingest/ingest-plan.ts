import { isAbsolute, resolve } from 'node:path';
import { s3Object } from '../../sources/s3-object';
import type { SkippedObjects, Source, SourceObject } from '../../sources/source';
import { SourceError } from '../../sources/source-error';
import type { Ledger, LedgerEntry } from '../store/ledger';
import { isUnchanged } from './object-version';
import { OwnFiles } from './own-files';

/** An object that is new or may have changed, with its entry of the ledger. */
interface Candidate {
  object: SourceObject;
  known: LedgerEntry | undefined;
}

/** The actions for the objects of a listing. No object has been read for it. */
interface IngestPlan {
  /** In the order of the listing. */
  candidates: readonly Candidate[];
  /** Objects that the ledger has in this version. */
  unchanged: number;
  /** Names of objects that are not read: those that the ledger ignores, and the archive if it was named. */
  ignored: readonly string[];
  skippedObjects: SkippedObjects;
}

/** The place of a listed object in the plan. The archive's files in a folder have none. */
type Place = Candidate | 'unchanged' | 'ignored' | 'own';

/**
 * The object under its name in the ledger: a file by its full path, an S3 object in the listed version only. Events of
 * another version would be in the archive under the wrong ETag.
 */
function named(object: SourceObject): SourceObject {
  const { location } = object;
  if (location === undefined) {
    throw new SourceError(
      `cannot ingest ${object.uri}: the archive requires the name of each object; save it to a file first`,
    );
  }
  if (location.at === 's3') {
    const { isNamed = false } = object;
    return { ...s3Object({ ...location, isPinned: true }, object.size), isNamed };
  }
  if (isAbsolute(location.path)) return object;
  const path = resolve(location.path);
  return { ...object, uri: path, location: { ...location, path } };
}

async function placeOf(
  object: SourceObject,
  known: LedgerEntry | undefined,
  ownFiles: OwnFiles,
): Promise<Place> {
  const { uri, location, isNamed = false } = object;
  if (location?.at === 'file' && ownFiles.isArchive(uri)) return isNamed ? 'ignored' : 'own';
  // An object that is named itself is read although it was ignored before.
  if (known?.ignored !== undefined && isNamed) return { object, known };
  if (known?.ignored === 'dropped') return 'ignored';
  if (!(await isUnchanged(object, known))) return { object, known };
  return known?.ignored === undefined ? 'unchanged' : 'ignored';
}

/** Whether an object that is listed again may get another place: sources can overlap. */
function canChange(place: Place, { isNamed = false }: SourceObject): boolean {
  return isNamed && place !== 'unchanged' && place !== 'own';
}

/**
 * Compares a listing with the ledger.
 *
 * @param archive the archive's file, which is never an object
 * @throws {SourceError} when the source cannot be listed, or has an object without a name
 */
async function planIngest(listing: Source, ledger: Ledger, archive: string): Promise<IngestPlan> {
  const ownFiles = new OwnFiles(archive);
  const places = new Map<string, Place>();
  for await (const listed of listing.objects()) {
    const object = named(listed);
    const before = places.get(object.uri);
    if (before !== undefined && !canChange(before, object)) continue;
    places.set(object.uri, await placeOf(object, ledger.get(object.uri), ownFiles));
  }
  const candidates: Candidate[] = [];
  const ignored: string[] = [];
  let unchanged = 0;
  for (const [uri, place] of places) {
    if (typeof place === 'object') candidates.push(place);
    else if (place === 'ignored') ignored.push(uri);
    else if (place === 'unchanged') unchanged++;
  }
  return { candidates, unchanged, ignored, skippedObjects: listing.skippedObjects };
}

export { type Candidate, type IngestPlan, planIngest };
