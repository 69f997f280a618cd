import type { ErasedObject } from './erase-object';

/** An object from which the person could not be erased. */
interface UnerasedObject {
  object: string;
  /** The reason and the fix, in one line. */
  message: string;
}

/** The changes of `forgetObjects`, or those that it would make. */
interface ForgetObjectsReport {
  /** The replacement for the address; absent in a dry run before the first run without an archive. */
  pseudonym?: string | undefined;
  isDryRun: boolean;
  /** Whether the signal ended the run before its last object. */
  isInterrupted: boolean;
  /** Number of objects with at least one version that was read. */
  examinedObjects: number;
  examinedVersions: number;
  /** Number of stored bytes that were read. */
  examinedBytes: number;
  /** Number of objects of which no version was read: too old, or completely in the archive without the person. */
  skippedObjects: number;
  /** Number of files and keys that Firehose did not write. */
  foreignObjects: number;
  /** The objects that contained the person, in the order of their names. */
  erased: readonly ErasedObject[];
  /** The objects from which the person could not be erased. Run again after the fix. */
  failed: readonly UnerasedObject[];
  /** The objects that the archive names for the person, and that are not below the places. */
  elsewhere: readonly string[];
}

export type { ForgetObjectsReport, UnerasedObject };
