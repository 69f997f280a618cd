import type { SourceObject } from '../../../sources/source';

/** A stored version of an object. */
interface StoredVersion {
  object: SourceObject;
  /** Whether readers get this version without naming it. */
  isCurrent: boolean;
  /** Absent where there are no versions. */
  versionId?: string | undefined;
  /** S3's ETag without quotes; absent for a file, whose digest takes its place. */
  etag?: string | undefined;
  /** Size, times and inode of a file. */
  fingerprint?: string | undefined;
  /** Whether its time shows that it has no events since the time of the search. */
  isBefore: boolean;
  /** Whether a new version takes its place. Otherwise it remains beside the new version until it is deleted. */
  isOverwritten: boolean;
}

/** The version that replaced another one. */
interface NewVersion {
  etag: string;
  versionId?: string | undefined;
  fingerprint?: string | undefined;
}

/** An object with all of its versions, in the place where they can be changed. */
interface StoredObject {
  /** Its name in the ledger of an archive: `s3://bucket/key`, or the full path of a file. */
  name: string;
  /** Newest first. */
  versions: readonly StoredVersion[];
  /** Ids of its delete markers, and whether the newest is the current version: then the object is deleted. */
  markers: readonly { versionId: string; isCurrent: boolean }[];
  /** Returns the path for the new content of the object: on the same disk, for a file. */
  scratch(): string;
  /**
   * Checks that the current version can be replaced, and that the others can be deleted. Changes nothing.
   * @param isDryRun whether nothing will be changed; then, rights to change are not checked
   * @throws {UnerasableError} when they cannot
   */
  check(
    current: StoredVersion | undefined,
    others: readonly StoredVersion[],
    isDryRun: boolean,
  ): Promise<void>;
  /**
   * Replaces the current version, if it is still the one that was read. Everything but the bytes remains as it is.
   * @throws {UnerasableError} when it cannot be replaced
   */
  replace(current: StoredVersion, content: { path: string; sha256: string }): Promise<NewVersion>;
  /**
   * Deletes an older version, or a delete marker.
   * @throws {UnerasableError} when it cannot be deleted
   */
  deleteVersion(versionId: string): Promise<void>;
}

/** A place with objects: a prefix of a bucket, a folder or files. */
interface StoredObjects {
  objects(): AsyncIterable<StoredObject>;
  /** Number of listed files and keys that Firehose did not write. They are not examined. */
  readonly foreign: number;
}

export type { NewVersion, StoredObject, StoredObjects, StoredVersion };
