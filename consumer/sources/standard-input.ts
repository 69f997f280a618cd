import { Readable } from 'node:stream';
import { type Source, type SourceObject, sourceOf } from './source';

/** The stream, which is destroyed when no more of it is wanted: waiting for it would keep the process alive. */
function endedBy(
  stream: AsyncIterable<Uint8Array>,
  signal: AbortSignal | undefined,
): AsyncIterable<Uint8Array> {
  if (stream instanceof Readable) signal?.addEventListener('abort', () => stream.destroy(), { once: true });
  return stream;
}

/** The bytes of a stream, standard input by default, as one object called `-`. */
function streamSource(stream: AsyncIterable<Uint8Array> = process.stdin): Source {
  const object: SourceObject = { uri: '-', readsOnce: true, open: (signal) => endedBy(stream, signal) };
  return sourceOf([object]);
}

export { streamSource };
