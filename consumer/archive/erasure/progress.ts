import { compact, isCompactionDue } from '../file/compact';
import type { OpenArchiveOptions } from '../file/open';
import type { Database } from '../store/database';

/**
 * How far forgetting has come: how many events have been looked at and how many there are, and that what was
 * found has been changed and the file is compacted.
 */
type ForgetProgress = { step: 'looking'; lookedAt: number; events: number } | { step: 'compacting' };

/** How to be told how far a change of the archive is, and how to keep it from being made. */
interface ChangeOptions {
  /**
   * Gives up what has not been changed yet: the archive is as it was then, and the signal's reason is
   * thrown. A change that has begun is completed.
   */
  signal?: AbortSignal | undefined;
  /** Called from time to time with how far it is. */
  onProgress?: ((progress: ForgetProgress) => void) | undefined;
}

/** How to delete from an archive. */
interface EraseOptions extends ChangeOptions, Pick<OpenArchiveOptions, 'wait' | 'onWait'> {
  /** The archive's file. */
  archive: string;
  /**
   * Whether only to report what would change.
   * @default false
   */
  dryRun?: boolean | undefined;
}

/**
 * Does work that may be given up at any time: when the signal comes, the statement under way is ended.
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
    signal?.throwIfAborted(); // the engine's own error says only that it was interrupted
    throw error;
  } finally {
    signal?.removeEventListener('abort', interrupt);
  }
}

/** Compacts an archive in which something was deleted; the database has to be closed next. */
async function compactIfDue(
  database: Database,
  { archive, onProgress }: Pick<EraseOptions, 'archive' | 'onProgress'>,
): Promise<void> {
  if (!isCompactionDue(archive)) return;
  onProgress?.({ step: 'compacting' });
  await compact(database, archive);
}

export { abortable, type ChangeOptions, compactIfDue, type EraseOptions, type ForgetProgress };
