/** An object's compressed bytes are damaged or cut off. What could be decompressed has been handed on. */
class DecompressionError extends Error {
  override readonly name = 'DecompressionError';
}

export { DecompressionError };
