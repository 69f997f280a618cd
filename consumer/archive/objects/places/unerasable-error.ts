/** Thrown when a person cannot be erased from one object, while others can be. The message contains the fix. */
class UnerasableError extends Error {
  override readonly name = 'UnerasableError';
}

/** Thrown when no object can be erased, because of the manifest or its salt. The message contains the fix. */
class ErasureError extends Error {
  override readonly name = 'ErasureError';
}

export { ErasureError, UnerasableError };
