import { isAbsolute, resolve } from 'node:path';
import { isFirehoseKey } from '../../sources/firehose-key';
import { s3Object } from '../../sources/s3-object';
import type { LeftOut, Source, SourceObject } from '../../sources/source';
import { SourceError } from '../../sources/source-error';
import type { Ledger, LedgerEntry } from '../store/ledger';
import { isUnchanged, objectVersion } from './object-version';
import { OwnFiles } from './own-files';

/** An object that is to be ingested. */
interface NewObject {
  size: number | undefined;
  version: LedgerEntry;
  /** Whether the ledger has it already: in an older version, or as ignored. */
  isKnown: boolean;
  /** Whether an older version of it was ingested. */
  isReplacement: boolean;
  /** Whether it is ignored when it holds no email event: a file of no name of Firehose's, found in a folder. */
  mayBeIgnored: boolean;
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
  if (location.at === 's3') {
    const { isNamed = false } = object;
    return { ...s3Object({ ...location, isPinned: true }, object.size), isNamed };
  }
  if (isAbsolute(location.path)) return object;
  const path = resolve(location.path);
  return { ...object, uri: path, location: { ...location, path } };
}

/** Those objects of a source that the ledger does not have, or has in another version. */
class NewObjects implements Source {
  /** Objects of the ledger, unchanged. */
  unchanged = 0;
  /** Objects that are not read: those that the ledger ignores, and those of {@link newlyIgnored}. */
  readonly ignored = new Set<string>();
  /** Files that the ledger is to ignore from now on, although they were not read. */
  readonly newlyIgnored = new Map<string, LedgerEntry>();
  /** Those handed on and not yet committed, by name. */
  readonly pending = new Map<string, NewObject>();
  /** Files with new times and the old content. */
  readonly touched = new Map<string, LedgerEntry>();
  /** Objects that are new or may have changed, by name: no file has been read to see whether its content is new. */
  readonly candidates = new Map<string, SourceObject>();

  private constructor(
    private readonly source: Source,
    private readonly ledger: Ledger,
    private readonly own: OwnFiles,
  ) {}

  /**
   * Lists a source to its end, without reading any object.
   * @param archive the archive's file, which is never an object
   */
  static async list(source: Source, ledger: Ledger, archive: string): Promise<NewObjects> {
    const objects = new NewObjects(source, ledger, new OwnFiles(archive));
    const seen = new Set<string>(); // sources may overlap
    for await (const listed of source.objects()) {
      const object = named(listed);
      const { uri, isNamed = false } = object;
      // Named by itself, an object is read although it was found before and may be ignored.
      const isWanted = isNamed && (objects.ignored.delete(uri) || objects.candidates.has(uri));
      if (seen.has(uri) && !isWanted) continue;
      seen.add(uri);
      await objects.add(object);
    }
    return objects;
  }

  private async add(object: SourceObject): Promise<void> {
    const { uri, location, isNamed = false } = object;
    const known = this.ledger.get(uri);
    const isIgnored = !isNamed && known?.ignored !== undefined;
    if (location?.at === 'file' && this.own.isArchive(uri)) {
      if (isNamed) this.ignored.add(uri);
    } else if (isIgnored && known.ignored === 'dropped') this.ignored.add(uri);
    else if ((known?.ignored === undefined || isIgnored) && (await isUnchanged(object, known))) {
      if (isIgnored) this.ignored.add(uri);
      else this.unchanged++;
    } else this.candidates.set(uri, object);
  }

  get leftOut(): LeftOut {
    return this.source.leftOut;
  }

  async *objects(): AsyncGenerator<SourceObject, void> {
    for (const [uri, object] of this.candidates) {
      const known = this.ledger.get(uri);
      const { location, isNamed = false } = object;
      const isFound = location?.at === 'file' && !isNamed;
      const reason = isFound ? await this.own.reasonToIgnore(uri) : undefined;
      const version = await objectVersion(object).catch(() => undefined); // reading it says why
      if (reason !== undefined) {
        this.ignored.add(uri);
        this.newlyIgnored.set(uri, { etag: undefined, fingerprint: undefined, ...version, ignored: reason });
        continue;
      }
      const isTaken = known !== undefined && (known.ignored === undefined || !isNamed);
      if (isTaken && version?.etag !== undefined && known.etag === version.etag) {
        if (known.ignored === undefined) this.unchanged++;
        else this.ignored.add(uri);
        this.touched.set(uri, version);
        continue;
      }
      this.pending.set(uri, {
        size: object.size,
        version: version ?? { etag: undefined, fingerprint: undefined },
        isKnown: known !== undefined,
        isReplacement: known !== undefined && known.ignored === undefined,
        mayBeIgnored: isFound && !isFirehoseKey(uri.replaceAll('\\', '/')),
      });
      yield object;
    }
  }
}

export { type NewObject, NewObjects };
