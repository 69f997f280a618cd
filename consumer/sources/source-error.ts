/**
 * A source cannot be read at all: a missing path, a bucket that refuses, no credentials. The message says
 * what, where and what to do; `cause` holds the original error.
 */
class SourceError extends Error {
  override readonly name = 'SourceError';
}

/** One object cannot be read, while others of its source may be; the reader makes it a reject. */
class UnreadableObjectError extends Error {
  override readonly name = 'UnreadableObjectError';
}

export { SourceError, UnreadableObjectError };
