/** Thrown for damaged or cut-off compressed bytes, after all bytes that were decompressed. */
class DecompressionError extends Error {
  override readonly name = 'DecompressionError';
}

export { DecompressionError };
