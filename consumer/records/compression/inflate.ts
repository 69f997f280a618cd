import {
  createGunzip,
  createInflateRaw,
  type Gunzip,
  gunzipSync,
  type InflateRaw,
  inflateRawSync,
} from 'node:zlib';
import type { ByteSource } from './byte-source';
import { DecompressionError } from './decompression-error';

/** How finely to decompress. */
interface DecompressOptions {
  /**
   * The most bytes that gzip makes of it at once.
   * @default 1048576
   */
  outputBytes?: number | undefined;
  /**
   * Whether each byte that can be decompressed is handed on before damage is reported. It takes twice the
   * processor time; otherwise what was made of the last chunk is lost.
   * @default false
   */
  careful?: boolean | undefined;
}

/** A format around deflate: gzip has a header and a checksum, which zlib knows; zip's entries are raw. */
interface Format {
  name: string;
  create(options: { chunkSize: number }): Gunzip | InflateRaw;
  atOnce: typeof gunzipSync;
}

const gzip: Format = { name: 'gzip', create: createGunzip, atOnce: gunzipSync };
const zip: Format = { name: 'zip', create: createInflateRaw, atOnce: inflateRawSync };

/** Size of zlib's output buffers unless it is said; zlib's own default of 16 KiB costs a quarter of the speed. */
const defaultOutputBytes = 1024 * 1024;

/**
 * Where so few bytes are at hand, as of a small object, output buffers are small: thousands of large ones, each
 * hardly used, keep the garbage collector busy.
 */
const smallInputBytes = 8 * 1024;
const smallOutputBytes = 128 * 1024;

/** What a scout makes is thrown away: smaller buffers stay in the processor's cache. */
const scoutOutputBytes = 256 * 1024;

/** A stream that is no longer, compressed and decompressed, is decompressed at once. */
const shortBytes = 1024;
const shortOutputBytes = 64 * 1024;

/**
 * Decompresses one deflate stream up to its end, and gives back what lies behind; of gzip all members up to
 * padding. The next piece is decompressed on zlib's own thread while the caller works on the one before; no more
 * than two or three pieces of output wait, however far the bytes expand.
 *
 * The stream is fed by hand rather than piped, because a piped stream that fails throws away the output it
 * has not yet handed on.
 *
 * @throws {DecompressionError} when the bytes are damaged or end too soon, after what came before
 */
async function* inflate(
  source: ByteSource,
  format: Format,
  { outputBytes = defaultOutputBytes, careful = false }: DecompressOptions,
): AsyncGenerator<Buffer, void> {
  const isSmall = source.atHand.length < smallInputBytes;
  const chunkSize = isSmall ? Math.min(smallOutputBytes, outputBytes) : outputBytes;
  const stream = format.create({ chunkSize });
  const scout = careful
    ? new Scout(format.create({ chunkSize: Math.min(chunkSize, scoutOutputBytes) }))
    : undefined;
  const chunks = source.rest();
  let output: Buffer[] = [];
  let state: 'idle' | 'busy' | 'in damage' | 'ended' = 'idle';
  let failure: { error: unknown } | undefined;
  let lastChunk: Buffer | undefined;
  let fedBytes = 0;
  let wake: () => void = () => {};
  const enter = (next: typeof state) => {
    if (state !== 'ended') state = next;
    wake();
  };
  const fail = (error: unknown) => {
    failure = { error };
    wake();
  };
  // Not awaited where output is ready: the source may be a pipe that stays silent.
  const feed = async () => {
    state = 'busy';
    const next = await chunks.next();
    if (next.done === true) {
      stream.end();
      return;
    }
    lastChunk = next.value;
    fedBytes += lastChunk.length;
    const isSound = scout === undefined || (await scout.accepts(lastChunk));
    if (!isSound) state = 'in damage';
    const pieces = isSound ? [lastChunk] : Array.from(lastChunk, (value) => Uint8Array.of(value));
    const last = pieces.at(-1);
    for (const piece of pieces)
      stream.write(piece, (error) => error == null && piece === last && enter('idle'));
  };
  stream.on('data', (chunk: Buffer) => {
    output.push(chunk);
    wake();
  });
  stream.on('end', () => enter('ended'));
  stream.on('error', (error) =>
    fail(new DecompressionError(`${format.name}: ${error.message}`, { cause: error })),
  );
  try {
    while (failure === undefined) {
      if (state === 'idle') feed().catch(fail);
      const ready = is(state, 'in damage') ? [] : output; // bytes fed one by one: handed on together
      if (ready.length > 0) {
        output = [];
        yield* ready;
      } else if (is(state, 'ended')) {
        const unread = fedBytes - stream.bytesWritten;
        if (lastChunk !== undefined && unread > 0) source.giveBack(lastChunk.subarray(-unread));
        return;
      } else await new Promise<void>((resolve) => (wake = resolve));
    }
    if (output.length > 0) yield Buffer.concat(output);
  } finally {
    stream.destroy();
    scout?.close();
    await chunks.return();
  }
  throw failure.error;
}

/** The state changes in callbacks, which TypeScript's narrowing does not see. */
function is<State extends string>(state: State, other: State): boolean {
  return state === other;
}

/**
 * Decompresses a stream that is short and lies at hand as a whole. Thousands of them may lie behind one another,
 * and to make a stream for each would take a hundred times as long.
 *
 * @returns undefined when it is not short, or damaged, and nothing was taken
 */
async function inflateAtOnce(source: ByteSource, { atOnce }: Format): Promise<Buffer | undefined> {
  const options = { info: true, chunkSize: shortBytes, maxOutputLength: shortOutputBytes };
  let inflated: { buffer: Buffer; engine: { bytesWritten: number } };
  try {
    // With `info` it returns both; its type does not say so.
    inflated = atOnce(source.atHand.subarray(0, shortBytes), options) as unknown as typeof inflated;
  } catch {
    return undefined;
  }
  await source.take(inflated.engine.bytesWritten);
  return inflated.buffer;
}

/**
 * Goes before a decompressor to tell whether it will find damage in a chunk. zlib throws away what it has made of
 * the chunk in which it meets damage, and its state cannot be copied: warned, it is given that chunk byte by byte
 * and hands on all that lies before the damage.
 */
class Scout {
  private answer: (isSound: boolean) => void = () => {};

  constructor(private readonly stream: Gunzip | InflateRaw) {
    stream.resume();
    stream.on('end', () => this.answer(true));
    stream.on('error', () => this.answer(false));
  }

  /** Whether the next chunk can be decompressed, as far as the compressed bytes reach. */
  accepts(chunk: Uint8Array): Promise<boolean> {
    return new Promise((resolve) => {
      this.answer = resolve;
      this.stream.write(chunk, (error) => error == null && resolve(true));
    });
  }

  close(): void {
    this.stream.destroy();
  }
}

export { type DecompressOptions, gzip, inflate, inflateAtOnce, zip };
