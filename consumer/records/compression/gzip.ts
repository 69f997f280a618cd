import { createGunzip } from 'node:zlib';
import type { ByteSource } from './byte-source';
import { DecompressionError } from './decompression-error';

/** Size of zlib's output buffers unless it is said; zlib's own default of 16 KiB costs a quarter of the speed. */
const defaultOutputBytes = 1024 * 1024;

/**
 * Where so few bytes are at hand, as of a small object, output buffers are small: thousands of large ones, each
 * hardly used, keep the garbage collector busy.
 */
const smallInputBytes = 8 * 1024;
const smallOutputBytes = 128 * 1024;

/** Passes over the zero bytes that may pad a gzip; false when nothing follows them. */
async function skipPadding(source: ByteSource): Promise<boolean> {
  while (true) {
    const [first] = await source.peek(1);
    if (first !== 0) {
      if (first === undefined) source.checkEnd();
      return first !== undefined;
    }
    await source.take(1);
  }
}

/** Whether zlib stopped where a member might begin, at padding instead. */
function isPadding(error: Error, chunk: Buffer | undefined): boolean {
  return error.message === 'incorrect header check' && chunk?.[0] === 0;
}

/**
 * Decompresses gzip up to its end or to padding, and gives back what lies behind. The next piece is
 * decompressed on zlib's own thread while the caller works on the one before; no more than two or three
 * pieces of output wait, however far the bytes expand.
 *
 * The stream is fed by hand rather than piped, because a piped stream that fails throws away the output it
 * has not yet handed on.
 */
async function* gunzipMembers(source: ByteSource, outputBytes: number): AsyncGenerator<Buffer, void> {
  const chunkSize = source.atHand < smallInputBytes ? Math.min(smallOutputBytes, outputBytes) : outputBytes;
  const stream = createGunzip({ chunkSize });
  const chunks = source.rest();
  let output: Buffer[] = [];
  let state: 'idle' | 'busy' | 'ended' = 'idle';
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
    stream.write(lastChunk, (error) => error == null && enter('idle'));
  };
  stream.on('data', (chunk: Buffer) => {
    output.push(chunk);
    wake();
  });
  stream.on('end', () => enter('ended'));
  stream.on('error', (error) => {
    if (isPadding(error, lastChunk)) enter('ended');
    else fail(new DecompressionError(`gzip: ${error.message}`, { cause: error }));
  });
  try {
    while (failure === undefined) {
      if (state === 'idle') feed().catch(fail);
      const ready = output;
      output = [];
      if (ready.length > 0) yield* ready;
      else if (isEnded(state)) {
        const unread = fedBytes - stream.bytesWritten;
        if (lastChunk !== undefined && unread > 0) source.giveBack(lastChunk.subarray(-unread));
        return;
      } else await new Promise<void>((resolve) => (wake = resolve));
    }
    yield* output;
  } finally {
    stream.destroy();
    await chunks.return();
  }
  throw failure.error;
}

/**
 * Decompresses gzip: one member or several, padded with zeros or not.
 *
 * @param outputBytes the most bytes of a chunk
 * @throws {DecompressionError} when the bytes are damaged or end too soon, or when something else lies
 * behind them, after all that came before
 */
async function* gunzip(
  source: ByteSource,
  outputBytes: number = defaultOutputBytes,
): AsyncGenerator<Buffer, void> {
  do yield* gunzipMembers(source, outputBytes);
  while (await skipPadding(source));
}

/** The state changes in callbacks, which TypeScript's narrowing does not see. */
function isEnded(state: string): boolean {
  return state === 'ended';
}

export { gunzip };
