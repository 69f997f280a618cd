import { DecompressionError } from '../records/compression/decompression-error';
import type { ObjectReader } from '../records/object-reader';
import type { Outcome } from '../records/outcome';
import type { OpenedObject } from './open-object';
import { UnreadableObjectError } from './source-error';

/**
 * Reads one object to its end, batch by batch. A batch is computed during its iteration, so that only one
 * record is in memory beside the bytes. Iterate it to its end before you request the next one.
 *
 * An object that cannot be opened, or whose bytes are damaged or cut off, ends with one reject, after
 * everything that could be read.
 *
 * @throws {SourceError} when the source as a whole cannot be read
 */
async function* readObject(
  reader: ObjectReader,
  opened: OpenedObject,
): AsyncGenerator<Iterable<Outcome>, void> {
  const { counts } = reader;
  let last: Buffer | undefined;
  try {
    for await (const chunk of opened.chunks) {
      counts.fetchedBytes = opened.fetchedBytes();
      yield reader.push(chunk);
      // The reader has now copied the rest of the preceding chunk.
      if (last !== undefined) opened.release(last);
      last = reader.sharesBytes ? undefined : chunk;
    }
  } catch (error) {
    counts.fetchedBytes = opened.fetchedBytes();
    if (error instanceof DecompressionError) yield reader.fail('damaged-compression', error.message);
    else if (error instanceof UnreadableObjectError) yield reader.fail('unreadable-object', error.message);
    else throw error;
    return;
  }
  counts.fetchedBytes = opened.fetchedBytes();
  yield reader.end();
  if (last !== undefined && !reader.sharesBytes) opened.release(last);
}

export { readObject };
