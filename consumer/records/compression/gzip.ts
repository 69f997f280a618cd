import { createGunzip } from 'node:zlib';
import type { ByteSource } from './byte-source';
import { DecompressionError } from './decompression-error';

/** Size of zlib's output buffers; its default of 16 KiB costs a quarter of the speed. */
const outputBytes = 256 * 1024;

/**
 * Decompresses gzip, one member or several. The next piece is decompressed on zlib's own thread while the
 * caller works on the one before; no more than two or three pieces of output wait, however far the bytes
 * expand.
 *
 * The stream is fed by hand rather than piped, because a piped stream that fails throws away the output it
 * has not yet handed on.
 *
 * @throws {DecompressionError} when the bytes are damaged or end too soon, after all that came before
 */
async function* gunzip(source: ByteSource): AsyncGenerator<Buffer, void> {
  const stream = createGunzip({ chunkSize: outputBytes });
  const chunks = source.rest();
  let output: Buffer[] = [];
  let state: 'idle' | 'busy' | 'ended' = 'idle';
  let failure: { error: unknown } | undefined;
  let wake: () => void = () => {};
  const enter = (next: typeof state) => {
    state = next;
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
    if (next.done === true) stream.end();
    else stream.write(next.value, (error) => error == null && enter('idle'));
  };
  stream.on('data', (chunk: Buffer) => {
    output.push(chunk);
    wake();
  });
  stream.on('end', () => enter('ended'));
  stream.on('error', (error) => fail(new DecompressionError(`gzip: ${error.message}`, { cause: error })));
  try {
    while (failure === undefined) {
      if (state === 'idle') feed().catch(fail);
      const ready = output;
      output = [];
      if (ready.length > 0) yield* ready;
      else if (isEnded(state)) return;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
    yield* output;
  } finally {
    stream.destroy();
    await chunks.return();
  }
  throw failure.error;
}

/** The state changes in callbacks, which TypeScript's narrowing does not see. */
function isEnded(state: string): boolean {
  return state === 'ended';
}

export { gunzip };
