import type { S3Options } from './s3-options';

/** The place of an object in S3, and the options to access it. */
interface S3Location {
  bucket: string;
  key: string;
  /** From the listing: the object must not change between its parts. */
  etag?: string | undefined;
  /** Whether only the listed version is read, rather than the version at the time of opening. */
  isPinned?: boolean | undefined;
  /**
   * The version to read, in a bucket that keeps versions.
   * @default - the current one
   */
  versionId?: string | undefined;
  options: S3Options;
}

/** The place of an object's bytes. Plain data, so that it can be transferred to a worker thread. */
type ObjectLocation =
  | {
      at: 'file';
      path: string;
      /** Size, times and inode from the listing; absent for an object that was named and not listed. */
      fingerprint?: string | undefined;
    }
  | ({ at: 's3' } & S3Location);

/** One delivered object, before it is opened. */
interface SourceObject {
  /** The name of the object in provenance and messages: `s3://bucket/key`, a path, or `-`. */
  uri: string;
  /** Number of stored bytes, if the listing contains it. */
  size?: number | undefined;
  /** The place of the object; absent for a stream of this process. */
  location?: ObjectLocation;
  /**
   * Whether the object itself was named, rather than found in a folder, by a pattern or under a prefix.
   * @default false
   */
  isNamed?: boolean;
  /**
   * Whether the bytes can be read only once, as those of a pipe.
   * @default false
   */
  readsOnce?: boolean;
  /**
   * Opens the bytes of the object, still compressed. Each call starts at the first byte.
   * @param signal ends the reading, even while it waits
   * @throws {UnreadableObjectError} when this object cannot be read and others may be readable
   * @throws {SourceError} when the source as a whole cannot be read
   */
  open(signal?: AbortSignal): AsyncIterable<Uint8Array>;
}

/** Numbers of objects that a listing skipped, by reason. */
interface SkippedObjects {
  /**
   * Files and keys that Firehose did not write: hidden files and hidden folders (one each), folder markers,
   * foreign names at the root of a bucket.
   */
  foreign: number;
  /** Objects in partitions that end before `since`, less a margin of 14 hours and 15 minutes. */
  beforeSince: number;
  /**
   * Links in a folder to files and folders that are listed under another name.
   * @default 0
   */
  links?: number;
}

/** Lists objects: of a folder, a bucket or standard input. */
interface Source {
  /** Lists the objects in the order of their names. */
  objects(): AsyncIterable<SourceObject>;
  /** The objects that the listing has skipped so far. */
  readonly skippedObjects: SkippedObjects;
}

/** Returns a source of known objects, in their order. */
function sourceOf(
  objects: readonly SourceObject[],
  skippedObjects: SkippedObjects = { foreign: 0, beforeSince: 0 },
): Source {
  return {
    skippedObjects,
    async *objects() {
      yield* objects;
    },
  };
}

export {
  type ObjectLocation,
  type S3Location,
  type SkippedObjects,
  type Source,
  type SourceObject,
  sourceOf,
};
