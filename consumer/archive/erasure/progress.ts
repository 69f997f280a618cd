import {
  type Check,
  checkAmount,
  checkArchive,
  checkBoolean,
  checkFunction,
  checkSignal,
} from '../../records/check-options';
import { compact, isCompactionDue } from '../file/compact';
import type { OpenArchiveOptions } from '../file/open';
import type { Database } from '../store/database';

/** The progress of an erasure: first the search in all events, then the compaction of the file. */
type ForgetProgress =
  | {
      /** The search for rows to change. */
      step: 'searching';
      /** Number of examined events. */
      examinedEvents: number;
      /** Number of all events. */
      events: number;
    }
  | {
      /** The rows are changed, and the file is compacted. */
      step: 'compacting';
    };

/** Options for the progress of a change of the archive, and for canceling it. */
interface ChangeOptions {
  /**
   * Before the change begins, cancels it: the archive remains unchanged, and the signal's reason is thrown. Afterwards,
   * the change is completed.
   */
  signal?: AbortSignal | undefined;
  /** Called from time to time with the progress. */
  onProgress?: ((progress: ForgetProgress) => void) | undefined;
}

/** Options for deleting from an archive. */
interface EraseOptions extends ChangeOptions, Pick<OpenArchiveOptions, 'wait' | 'onWait'> {
  /** The archive's file. */
  archive: string;
  /**
   * Whether only to report what would change.
   * @default false
   */
  dryRun?: boolean | undefined;
}

/** The checks of {@link EraseOptions}. */
const eraseChecks: Readonly<Record<keyof EraseOptions, Check>> = {
  archive: checkArchive,
  dryRun: checkBoolean,
  wait: checkAmount,
  onWait: checkFunction,
  signal: checkSignal,
  onProgress: checkFunction,
};

/**
 * Runs work that can be canceled at any time. The signal interrupts the running statement.
 *
 * @throws the signal's reason, when the signal came before the work was done
 */
async function abortable<Result>(
  database: Database,
  signal: AbortSignal | undefined,
  work: () => Promise<Result>,
): Promise<Result> {
  const interrupt = () => database.interrupt();
  signal?.throwIfAborted();
  signal?.addEventListener('abort', interrupt);
  try {
    const result = await work();
    signal?.throwIfAborted();
    return result;
  } catch (error) {
    signal?.throwIfAborted(); // the engine's error only shows that it was interrupted
    throw error;
  } finally {
    signal?.removeEventListener('abort', interrupt);
  }
}

/** Compacts an archive after a deletion. Close the database next. */
async function compactIfDue(
  database: Database,
  { archive, onProgress }: Pick<EraseOptions, 'archive' | 'onProgress'>,
): Promise<void> {
  if (!isCompactionDue(archive)) return;
  onProgress?.({ step: 'compacting' });
  await compact(database, archive);
}

export { abortable, type ChangeOptions, compactIfDue, type EraseOptions, eraseChecks, type ForgetProgress };
