import {
  createGunzip,
  createInflateRaw,
  type Gunzip,
  gunzipSync,
  type InflateRaw,
  inflateRawSync,
} from 'node:zlib';
import type { ByteSource } from './byte-source';
import type { Compression } from './compression';
import { DecompressionError } from './decompression-error';
import type { PieceMemory } from './piece-memory';

/** Options of decompression. */
interface DecompressOptions {
  /**
   * Maximum number of bytes in a chunk of decompressed gzip.
   * @default 1048576
   */
  outputBytes?: number | undefined;
  /**
   * Whether all bytes before damage are yielded before the error. Takes twice the processor time. Otherwise,
   * the output of the last chunk is lost.
   * @default false
   */
  careful?: boolean | undefined;
  /**
   * Decompresses gzip in the current thread, into this memory. Not with `careful`.
   * @default - zlib's threads decompress, into new memory
   */
  memory?: PieceMemory | undefined;
  /**
   * Called for each compression around the bytes, outermost first, before the bytes within it are yielded.
   * @default - nothing is called
   */
  onCompression?: ((compression: Compression) => void) | undefined;
}

/** A format around deflate. zlib handles the header and checksum of gzip; the entries of zip are raw. */
interface Format {
  name: string;
  create(options: { chunkSize?: number }): Gunzip | InflateRaw;
  atOnce: typeof gunzipSync;
}

const gzip: Format = { name: 'gzip', create: createGunzip, atOnce: gunzipSync };
const zip: Format = { name: 'zip', create: createInflateRaw, atOnce: inflateRawSync };

/** Default size of the output buffers. zlib's default of 16 KiB costs a quarter of the speed. */
const defaultOutputBytes = 1024 * 1024;

/**
 * With fewer buffered bytes, as in a small object, the output buffers are small. Thousands of large and nearly
 * empty buffers would keep the garbage collector busy.
 */
const smallInputBytes = 8 * 1024;
const smallOutputBytes = 128 * 1024;

/** The output of a probe is discarded. Smaller buffers remain in the cache of the processor. */
const probeOutputBytes = 256 * 1024;

/** Streams up to this length, compressed and decompressed, are decompressed in one call. */
const shortBytes = 1024;
const shortOutputBytes = 64 * 1024;

/**
 * Decompresses one deflate stream to its end, and returns the bytes after it to the source. For gzip,
 * decompresses all members up to the padding. The thread of zlib decompresses the next piece while the caller
 * processes the current one. No more than two or three pieces of output wait, whatever the expansion.
 *
 * The stream is fed manually rather than piped, because a piped stream that fails discards its pending
 * output.
 *
 * @throws {DecompressionError} when the bytes are damaged or end too soon, after the bytes before the damage
 */
async function* inflate(
  source: ByteSource,
  format: Format,
  { outputBytes = defaultOutputBytes, careful = false }: DecompressOptions,
): AsyncGenerator<Buffer, void> {
  const isSmall = source.pulled.length < smallInputBytes;
  const chunkSize = isSmall ? Math.min(smallOutputBytes, outputBytes) : outputBytes;
  const stream = format.create({ chunkSize });
  const probe = careful
    ? new InflateProbe(format.create({ chunkSize: Math.min(chunkSize, probeOutputBytes) }))
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
  // Not awaited when output is ready: the source may be a pipe that delivers nothing for a long time.
  const feed = async () => {
    state = 'busy';
    const next = await chunks.next();
    if (next.done === true) {
      stream.end();
      return;
    }
    lastChunk = next.value;
    fedBytes += lastChunk.length;
    const isIntact = probe === undefined || (await probe.accepts(lastChunk));
    if (!isIntact) state = 'in damage';
    const pieces = isIntact ? [lastChunk] : Array.from(lastChunk, (value) => Uint8Array.of(value));
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
      const ready = is(state, 'in damage') ? [] : output; // fed byte by byte: yielded together
      if (ready.length > 0) {
        output = [];
        yield* ready;
      } else if (is(state, 'ended')) {
        const unread = fedBytes - stream.bytesWritten;
        if (lastChunk !== undefined && unread > 0) source.unread(lastChunk.subarray(-unread));
        return;
      } else await new Promise<void>((resolve) => (wake = resolve));
    }
    if (output.length > 0) yield Buffer.concat(output);
  } finally {
    stream.destroy();
    probe?.close();
    await chunks.return();
  }
  throw failure.error;
}

/** Compares two states. The state changes in callbacks, which the narrowing of TypeScript does not detect. */
function is<State extends string>(state: State, other: State): boolean {
  return state === other;
}

/**
 * Decompresses a short stream in one call, if all of its bytes are buffered. Thousands of such streams can
 * follow each other, and a stream object for each would take a hundred times as long.
 *
 * @returns undefined when the stream is longer or damaged; then nothing was taken
 */
async function inflateAtOnce(source: ByteSource, { atOnce }: Format): Promise<Buffer | undefined> {
  const options = { info: true, chunkSize: shortBytes, maxOutputLength: shortOutputBytes };
  let inflated: { buffer: Buffer; engine: { bytesWritten: number } };
  try {
    // With `info` it returns both, but its type lacks this.
    inflated = atOnce(source.pulled.subarray(0, shortBytes), options) as unknown as typeof inflated;
  } catch {
    return undefined;
  }
  await source.take(inflated.engine.bytesWritten);
  return inflated.buffer;
}

/**
 * Runs ahead of a decompressor to detect damage in a chunk. When zlib reaches damage, it discards the output
 * of the current chunk, and its state cannot be copied. A chunk with damage is therefore fed to zlib byte by
 * byte, so that it yields everything before the damage.
 */
class InflateProbe {
  private answer: (isIntact: boolean) => void = () => {};

  constructor(private readonly stream: Gunzip | InflateRaw) {
    stream.resume();
    stream.on('end', () => this.answer(true));
    stream.on('error', () => this.answer(false));
  }

  /** Checks whether the next chunk can be decompressed, as far as its bytes reach. */
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

export { type DecompressOptions, type Format, gzip, inflate, inflateAtOnce, zip };
