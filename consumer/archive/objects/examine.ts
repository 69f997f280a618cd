import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { compress } from '../../records/compression/compress';
import type { Compression } from '../../records/compression/compression';
import { decompress } from '../../records/compression/decompress';
import { DecompressionError } from '../../records/compression/decompression-error';
import type { SourceObject } from '../../sources/source';
import { UnreadableObjectError } from '../../sources/source-error';
import type { Tombstones } from '../store/tombstones';
import { ErasedBytes, type IdChange, type RecordChange } from './erased-bytes';
import { UnerasableError } from './places/unerasable-error';

/** Stored bytes, still compressed. */
interface Content {
  /** 64 hexadecimal digits. */
  sha256: string;
  bytes: number;
}

/** The stored bytes of an object, and the changes that erase a person from it. */
interface Examined extends Content {
  compressions: readonly Compression[];
  /** Empty when the object does not contain the person. */
  changes: readonly RecordChange[];
  ids: readonly IdChange[];
}

/** Files whose columns are compressed, by the text at a place in their first bytes. */
const columnar: readonly (readonly [text: string, at: number, advice: string])[] = [
  ['PAR1', 0, 'it is a Parquet file, whose rows cannot be rewritten in place: delete it, and write it again'],
  ['DUCK', 8, 'it is a DuckDB database: erase the person from it with forget --archive'],
];
const columnarBytes = 12;

function checkHead(head: Buffer): void {
  const found = columnar.find(([text, at]) => head.toString('latin1', at, at + text.length) === text);
  if (found !== undefined) throw new UnerasableError(found[2]);
}

/** An object that is read and erased. */
class Pass {
  readonly compressions: Compression[] = [];
  private readonly hash = createHash('sha256');
  private readonly eraser: ErasedBytes;
  private bytes = 0;

  constructor(
    private readonly object: SourceObject,
    tombstones: Tombstones,
    private readonly signal: AbortSignal | undefined,
  ) {
    this.eraser = new ErasedBytes(tombstones);
  }

  /**
   * Yields the decompressed bytes without the person.
   * @throws {UnerasableError} when the object cannot be read to its end; or the signal's reason
   */
  async *erased(): AsyncGenerator<Buffer, void> {
    try {
      const onCompression = (compression: Compression) => void this.compressions.push(compression);
      for await (const chunk of decompress(this.stored(), { onCompression }))
        if (chunk.length > 0) yield* this.eraser.push(chunk);
      yield* this.eraser.end();
    } catch (error) {
      throw explained(error);
    }
  }

  result(): Examined {
    const { compressions, eraser, bytes } = this;
    const { changes, ids } = eraser;
    return { sha256: this.hash.digest('hex'), bytes, compressions, changes, ids };
  }

  private async *stored(): AsyncGenerator<Uint8Array, void> {
    let head: Buffer = Buffer.alloc(0);
    for await (const chunk of this.object.open(this.signal)) {
      if (head.length < columnarBytes) {
        head = Buffer.concat([head, chunk.subarray(0, columnarBytes)]);
        checkHead(head);
      }
      this.hash.update(chunk);
      this.bytes += chunk.length;
      yield chunk;
    }
    // An aborted download ends early, without an error.
    this.signal?.throwIfAborted();
  }
}

function explained(error: unknown): unknown {
  if (error instanceof DecompressionError) {
    const advice = 'delete it or restore it from a copy, because damaged bytes can contain the person';
    return new UnerasableError(`it is damaged (${error.message}): ${advice}`, { cause: error });
  }
  return error instanceof UnreadableObjectError
    ? new UnerasableError(error.message, { cause: error })
    : error;
}

/**
 * Reads an object to its end, and finds the changes that erase a person from it.
 *
 * @throws {UnerasableError} when it cannot be read to its end, or is not made of records; or the signal's reason
 */
async function examine(
  object: SourceObject,
  tombstones: Tombstones,
  signal?: AbortSignal,
): Promise<Examined> {
  const pass = new Pass(object, tombstones, signal);
  const bytes = pass.erased();
  while ((await bytes.next()).done !== true); // only the changes are needed
  return pass.result();
}

async function writeAll(file: FileHandle, chunks: AsyncIterable<Uint8Array>): Promise<Content> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of chunks) {
    hash.update(chunk);
    bytes += chunk.length;
    for (let at = 0; at < chunk.length; ) at += (await file.write(chunk, at)).bytesWritten;
  }
  await file.sync();
  return { sha256: hash.digest('hex'), bytes };
}

/**
 * Reads an object again, and writes it without the person into a file that only its owner can read, with the same compression.
 *
 * @throws {UnerasableError} when its bytes are not those that were examined, or cannot be compressed again
 */
async function writeErased(
  object: SourceObject,
  tombstones: Tombstones,
  examined: Examined,
  path: string,
): Promise<Content> {
  const pass = new Pass(object, tombstones, undefined);
  const file = await open(path, 'w', 0o600);
  try {
    const written = await writeAll(file, compress(pass.erased(), examined.compressions));
    if (pass.result().sha256 !== examined.sha256)
      throw new UnerasableError('it was replaced while it was read: run the command again');
    return written;
  } catch (error) {
    throw error instanceof RangeError ? new UnerasableError(`${error.message}: delete it`) : error;
  } finally {
    await file.close();
  }
}

export { type Content, type Examined, examine, writeErased };
