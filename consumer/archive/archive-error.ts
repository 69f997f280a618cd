/** The archive cannot do what it was asked for; the message says why and what to do. */
class ArchiveError extends Error {
  override readonly name: string = 'ArchiveError';
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

export { ArchiveError, ArchiveHeldError };
