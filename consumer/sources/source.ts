import type { S3Options } from './s3-options';

/** Where an object is in S3, and how to reach it. */
interface S3Location {
  bucket: string;
  key: string;
  /** As the listing gave it: the object must not change between its parts. */
  etag?: string | undefined;
  /** Whether it is read in the listed version only, rather than in the one that it has when it is opened. */
  isPinned?: boolean | undefined;
  options: S3Options;
}

/** Where an object's bytes are: plain data, so that it can be handed to a worker thread. */
type ObjectLocation =
  | {
      at: 'file';
      path: string;
      /** Size, times and inode when it was listed; absent where it was named and not listed. */
      fingerprint?: string | undefined;
    }
  | ({ at: 's3' } & S3Location);

/** One delivered object, before it is opened. */
interface SourceObject {
  /** How the object is called in provenance and messages: `s3://bucket/key`, a path, or `-`. */
  uri: string;
  /** Bytes as stored, where the listing says so. */
  size?: number | undefined;
  /** Where it is; absent for a stream that exists in this process only. */
  location?: ObjectLocation;
  /**
   * Whether it was named by itself, rather than found in a folder, by a pattern or under a prefix.
   * @default false
   */
  isNamed?: boolean;
  /**
   * Whether the bytes can be had only once, as those of a pipe.
   * @default false
   */
  readsOnce?: boolean;
  /**
   * Opens the object's bytes, still compressed; from the start at each call.
   * @param signal says that no more bytes are wanted, even while the next ones are waited for
   * @throws {UnreadableObjectError} when this object cannot be read and others may be
   * @throws {SourceError} when the source as a whole cannot be read
   */
  open(signal?: AbortSignal): AsyncIterable<Uint8Array>;
}

/** Objects that a listing left out, by reason. */
interface LeftOut {
  /**
   * Files and keys that Firehose has not written: hidden files and hidden folders (one each), folder markers, foreign
   * names at a bucket's root.
   */
  foreign: number;
  /** Objects in partitions that lie wholly before `since`. */
  beforeSince: number;
  /**
   * Links in a directory to files and folders that are listed under another name.
   * @default 0
   */
  links?: number;
}

/** Where objects come from: a directory, a bucket, standard input. */
interface Source {
  /** The objects in the order of their names. */
  objects(): AsyncIterable<SourceObject>;
  /** What the listing has left out so far. */
  readonly leftOut: LeftOut;
}

/** A source of objects that are known, in their order. */
function sourceOf(
  objects: readonly SourceObject[],
  leftOut: LeftOut = { foreign: 0, beforeSince: 0 },
): Source {
  return {
    leftOut,
    async *objects() {
      yield* objects;
    },
  };
}

export { type LeftOut, type ObjectLocation, type S3Location, type Source, type SourceObject, sourceOf };
