import { isAbsolute, resolve } from 'node:path';
import { s3Object } from '../../sources/s3-object';
import type { LeftOut, Source, SourceObject } from '../../sources/source';
import { SourceError } from '../../sources/source-error';
import type { Ledger, LedgerEntry } from './ledger';
import { isUnchanged, objectVersion } from './object-version';

/** An object that is to be ingested. */
interface NewObject {
  size: number | undefined;
  version: LedgerEntry;
  /** Whether an older version of it is in the archive. */
  isReplacement: boolean;
}

/**
 * The object as the ledger is to know it: a file by its whole path, an S3 object in the version that was listed
 * and no other, whose events would stand in the archive under an ETag that is not theirs.
 */
function named(object: SourceObject): SourceObject {
  const { location } = object;
  if (location === undefined) {
    throw new SourceError(
      `${object.uri} cannot be ingested: the archive knows objects by their names; save it to a file first`,
    );
  }
  if (location.at === 's3') return s3Object({ ...location, isPinned: true }, object.size);
  if (isAbsolute(location.path)) return object;
  const path = resolve(location.path);
  return { ...object, uri: path, location: { ...location, path } };
}

/** Those objects of a source that the ledger does not have, or has in another version. */
class NewObjects implements Source {
  /** Objects of the ledger, unchanged. */
  unchanged = 0;
  /** Those handed on and not yet committed, by name. */
  readonly pending = new Map<string, NewObject>();
  /** Files with new times and the old content. */
  readonly touched = new Map<string, LedgerEntry>();
  /** Objects that are new or may have changed, by name: no file has been read to see whether its content is new. */
  readonly candidates = new Map<string, SourceObject>();

  private constructor(
    private readonly source: Source,
    private readonly ledger: Ledger,
  ) {}

  /** Lists a source to its end, without reading any object. */
  static async list(source: Source, ledger: Ledger): Promise<NewObjects> {
    const objects = new NewObjects(source, ledger);
    const seen = new Set<string>(); // sources may overlap
    for await (const listed of source.objects()) {
      const object = named(listed);
      if (seen.has(object.uri)) continue;
      seen.add(object.uri);
      if (await isUnchanged(object, ledger.get(object.uri))) objects.unchanged++;
      else objects.candidates.set(object.uri, object);
    }
    return objects;
  }

  get leftOut(): LeftOut {
    return this.source.leftOut;
  }

  async *objects(): AsyncGenerator<SourceObject, void> {
    for (const [uri, object] of this.candidates) {
      const known = this.ledger.get(uri);
      const version = await objectVersion(object).catch(() => undefined); // reading it says why
      if (known !== undefined && version?.etag !== undefined && known.etag === version.etag) {
        this.unchanged++;
        this.touched.set(uri, version);
        continue;
      }
      this.pending.set(uri, {
        size: object.size,
        version: version ?? { etag: undefined, fingerprint: undefined },
        isReplacement: known !== undefined,
      });
      yield object;
    }
  }
}

export { type NewObject, NewObjects };
