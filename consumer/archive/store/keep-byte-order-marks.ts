/**
 * Makes DuckDB's client keep a U+FEFF at the beginning of a text. The client decodes every text with one `TextDecoder`,
 * which takes the character for the byte order mark of a file and drops it: a subject that begins with it would come
 * out changed, and `forget` would write the change back. The client has no option for this, and its connections share
 * the decoder.
 */
async function keepByteOrderMarks(): Promise<void> {
  const { textDecoder } = await import('@duckdb/node-api/lib/vectors/dataAccessors.js');
  const keeping = new TextDecoder('utf-8', { ignoreBOM: true });
  textDecoder.decode = keeping.decode.bind(keeping);
}

export { keepByteOrderMarks };
