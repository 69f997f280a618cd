/** A failed operation on an archive. The message contains the reason and the remedy. */
class ArchiveError extends Error {
  override readonly name: string = 'ArchiveError';
}

/**
 * The engine could not read all staged rows. Nothing of their transaction is in the archive. The message contains no
 * values of the rows.
 */
class StagedRowsError extends ArchiveError {
  override readonly name = 'StagedRowsError';
}

/** Another process has the archive open. Try again after it has ended. */
class ArchiveHeldError extends ArchiveError {
  override readonly name = 'ArchiveHeldError';

  constructor(
    message: string,
    /** The id of the other process. */
    readonly holder: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

export { ArchiveError, ArchiveHeldError, StagedRowsError };
