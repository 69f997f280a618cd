/** The archive cannot do what it was asked for; the message says why and what to do. */
class ArchiveError extends Error {
  override readonly name = 'ArchiveError';
}

export { ArchiveError };
