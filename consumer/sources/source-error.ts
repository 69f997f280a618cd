/**
 * Thrown when a source cannot be read at all: a missing path, a bucket that denies access, no credentials.
 * The message contains the error, the place and the fix; `cause` is the original error.
 */
class SourceError extends Error {
  override readonly name = 'SourceError';
}

/**
 * Thrown when one object cannot be read, while others of its source may be readable. The reader converts it
 * to a reject.
 */
class UnreadableObjectError extends Error {
  override readonly name = 'UnreadableObjectError';
}

export { SourceError, UnreadableObjectError };
