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

export type { ChangeOptions, ForgetProgress };
