import { constants } from 'node:zlib';
import type { ByteSource } from './byte-source';
import { DecompressionError } from './decompression-error';
import type { Format } from './inflate';
import type { PieceMemory } from './piece-memory';

/**
 * The part of zlib's binding that decompresses at once, into a buffer of the caller. Node does not document
 * it, but `gunzipSync` uses it. Without it, zlib's threads decompress.
 */
interface InflateHandle {
  writeSync(
    flush: number,
    input: Uint8Array,
    inputStart: number,
    inputBytes: number,
    output: Uint8Array,
    outputStart: number,
    outputBytes: number,
  ): void;
  onerror: (message: string) => void;
}

/** A stream of zlib with its binding. After a call, `_writeState` has the unused output and unread input bytes. */
interface InflateInternals {
  _handle: InflateHandle;
  _writeState: Uint32Array;
  close(): void;
}

const nothing = Buffer.alloc(0);

/** Returns a decompressor with its binding; undefined for a version of Node whose binding differs. */
function openInternals(format: Format): InflateInternals | undefined {
  const stream = format.create({});
  const { _handle: handle, _writeState: state } = stream as unknown as Partial<InflateInternals>; // checked below
  if (typeof handle?.writeSync === 'function' && ArrayBuffer.isView(state) && state.length === 2)
    return stream as unknown as InflateInternals; // has these members
  stream.close();
  return undefined;
}

/** Whether this version of Node can decompress in the current thread, into memory of the caller. */
function canInflateHere(format: Format): boolean {
  const internals = openInternals(format);
  internals?.close();
  return internals !== undefined;
}

/**
 * Decompresses one deflate stream in the current thread, like `inflate`, which uses another thread. It saves
 * the exchange between threads for each piece, and new memory for each piece. It is for worker threads, whose
 * neighbors use the other processors.
 *
 * @throws {DecompressionError} when the bytes are damaged or end too soon; up to one piece before the damage
 * is lost
 */
async function* inflateHere(
  source: ByteSource,
  format: Format,
  memory: PieceMemory,
): AsyncGenerator<Buffer, void> {
  const internals = openInternals(format);
  if (internals === undefined) throw new Error('zlib has no writeSync: check canInflateHere first');
  const { _handle: handle, _writeState: state } = internals;
  let failure: string | undefined;
  handle.onerror = (message) => {
    failure = message;
  };
  const chunks = source.rest();
  let output = memory.take();
  try {
    while (true) {
      const next = await chunks.next();
      const input = next.done === true ? nothing : next.value;
      const flush = next.done === true ? constants.Z_FINISH : constants.Z_NO_FLUSH;
      let unread = input.length;
      let unused = 0;
      while (unused === 0) {
        handle.writeSync(flush, input, input.length - unread, unread, output, 0, output.length);
        if (failure !== undefined) throw new DecompressionError(`${format.name}: ${failure}`);
        [unused, unread] = state as unknown as [number, number]; // two numbers, see openInternals
        const piece = output.subarray(0, output.length - unused);
        if (piece.length * 2 < output.length) {
          // A copy, so that a short piece does not keep a whole buffer.
          if (piece.length > 0) yield Buffer.from(piece);
        } else {
          output = memory.take();
          yield piece;
        }
      }
      if (unread > 0) source.unread(input.subarray(-unread)); // the stream has ended before these bytes
      if (unread > 0 || next.done === true) return;
    }
  } finally {
    memory.release(output);
    internals.close();
    await chunks.return();
  }
}

export { canInflateHere, inflateHere };
