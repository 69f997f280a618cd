import type { ByteSource } from './byte-source';
import { type DecompressOptions, gzip, inflate, inflateAtOnce } from './inflate';
import { canInflateHere, inflateHere } from './inflate-here';

const canUseMemory = canInflateHere(gzip);

function member(source: ByteSource, options: DecompressOptions): AsyncGenerator<Buffer, void> {
  const { memory, careful } = options;
  if (memory === undefined || careful === true || !canUseMemory) return inflate(source, gzip, options);
  return inflateHere(source, gzip, memory);
}

/** Skips the zero bytes that can pad a gzip. Returns false at the end of the source. */
async function skipPadding(source: ByteSource): Promise<boolean> {
  while ((await source.peek(1)).length > 0) {
    const { pulled } = source;
    const end = pulled.findIndex((byte) => byte !== 0);
    await source.take(end === -1 ? pulled.length : end);
    if (end !== -1) return true;
  }
  source.checkEnd();
  return false;
}

/**
 * Decompresses gzip: one or more members, with or without zero padding.
 *
 * @throws {DecompressionError} when the bytes are damaged or end too soon, or when other data follows, after
 * the bytes before it
 */
async function* gunzip(source: ByteSource, options: DecompressOptions): AsyncGenerator<Buffer, void> {
  yield* member(source, options);
  while (await skipPadding(source)) {
    const short = await inflateAtOnce(source, gzip);
    if (short === undefined) yield* member(source, options);
    else if (short.length > 0) yield short;
  }
}

export { gunzip };
