/** The archive cannot do what it was asked for; the message says why and what to do. */
class ArchiveError extends Error {
  override readonly name: string = 'ArchiveError';
}

/**
 * Staged rows that the engine could not take, or not all of. Nothing of their transaction is in the archive. The
 * message holds no values of the rows.
 */
class StagedRowsError extends ArchiveError {
  override readonly name = 'StagedRowsError';
}

/** Another process holds the archive: what was asked for can be done when that has ended. */
class ArchiveHeldError extends ArchiveError {
  override readonly name = 'ArchiveHeldError';

  constructor(
    message: string,
    /** The other process's id. */
    readonly holder: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

export { ArchiveError, ArchiveHeldError, StagedRowsError };
