import {
  type Check,
  checkAmount,
  checkArchive,
  checkBoolean,
  checkDate,
  checkFunction,
  checkObject,
  checkSignal,
  checkText,
  checkThat,
  checkWhole,
} from '../../records/check-options';
import type { S3Options } from '../../sources/s3-options';
import type { OpenArchiveOptions } from '../file/open';

/** The progress of an erasure from delivered objects. */
interface ForgetObjectsProgress {
  examinedObjects: number;
  /** Number of stored bytes that were read. */
  examinedBytes: number;
  /** Number of objects that contained the person so far. */
  erasedObjects: number;
}

/** Options for erasing a person from delivered objects. */
interface ForgetObjectsOptions extends Pick<OpenArchiveOptions, 'wait' | 'onWait'> {
  /**
   * The archive of these objects. It has the pseudonym and most of the objects that need not be read, and its ledger takes the
   * new versions. It is not erased: call `forget` next.
   * @default - without an archive; every object is read
   */
  archive?: string | undefined;
  /**
   * The file that lists every change, without personal data. A run adds to it, and completes an interrupted one. Without an
   * archive, the file of this name with `.salt` has the salt of the pseudonyms.
   * @default 'ses-events-erasure.ndjson'
   */
  manifest?: string | undefined;
  /**
   * Whether to remove records about the person alone. In all others, a pseudonym replaces the person.
   * @default false
   */
  remove?: boolean | undefined;
  /**
   * Whether only to report what would change.
   * @default false
   */
  dryRun?: boolean | undefined;
  /**
   * Skips objects that cannot have events since this time: their partition ends before it, less a margin of 14 hours and
   * 15 minutes, or they were last modified before it.
   * @default - no object is skipped
   */
  since?: Date | undefined;
  /**
   * Whether to read every object, including those that the archive has completely.
   * @default false
   */
  allObjects?: boolean | undefined;
  /**
   * Number of objects that are read and changed concurrently.
   * @default 4
   */
  concurrency?: number | undefined;
  /** Options for S3. */
  s3?: S3Options | undefined;
  /** Ends the erasure after the objects whose change has begun. The report has `isInterrupted` then. */
  signal?: AbortSignal | undefined;
  /** Called after each object with the progress. */
  onProgress?: ((progress: ForgetObjectsProgress) => void) | undefined;
}

/** The checks of {@link ForgetObjectsOptions}. */
const forgetObjectsChecks: Readonly<Record<keyof ForgetObjectsOptions, Check>> = {
  archive: checkArchive,
  manifest: checkText,
  remove: checkBoolean,
  dryRun: checkBoolean,
  since: checkDate,
  allObjects: checkBoolean,
  concurrency: checkWhole(1),
  s3: checkObject,
  wait: checkAmount,
  onWait: checkFunction,
  signal: checkSignal,
  onProgress: checkFunction,
};

/** Checks the places, for callers without types. */
const checkPlaces = checkThat(
  (value) => [value].flat().length > 0 && [value].flat().every((name) => typeof name === 'string'),
  "a place with objects such as 's3://my-bucket/events/', or a list of places",
);

/** Default file of the manifest. */
const defaultManifest = 'ses-events-erasure.ndjson';

export {
  checkPlaces,
  defaultManifest,
  type ForgetObjectsOptions,
  type ForgetObjectsProgress,
  forgetObjectsChecks,
};
