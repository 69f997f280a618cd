import type { ByteSource } from './byte-source';
import { type DecompressOptions, gzip, inflate, inflateAtOnce } from './inflate';

/** Passes over the zero bytes that may pad a gzip; false when nothing follows them. */
async function skipPadding(source: ByteSource): Promise<boolean> {
  while ((await source.peek(1)).length > 0) {
    const { atHand } = source;
    const end = atHand.findIndex((byte) => byte !== 0);
    await source.take(end === -1 ? atHand.length : end);
    if (end !== -1) return true;
  }
  source.checkEnd();
  return false;
}

/**
 * Decompresses gzip: one member or several, padded with zeros or not.
 *
 * @throws {DecompressionError} when the bytes are damaged or end too soon, or when something else lies
 * behind them, after what came before
 */
async function* gunzip(source: ByteSource, options: DecompressOptions): AsyncGenerator<Buffer, void> {
  yield* inflate(source, gzip, options);
  while (await skipPadding(source)) {
    const short = await inflateAtOnce(source, gzip);
    if (short === undefined) yield* inflate(source, gzip, options);
    else if (short.length > 0) yield short;
  }
}

export { gunzip };
