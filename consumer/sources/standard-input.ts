import { Readable } from 'node:stream';
import { type Source, type SourceObject, sourceOf } from './source';

/** Destroys the stream when the reader stops early, because an open stream would keep the process alive. */
function abortedBy(
  stream: AsyncIterable<Uint8Array>,
  signal: AbortSignal | undefined,
): AsyncIterable<Uint8Array> {
  if (stream instanceof Readable) signal?.addEventListener('abort', () => stream.destroy(), { once: true });
  return stream;
}

/**
 * Returns the bytes of a stream, standard input by default, as a source of one object named `-`.
 *
 * @example
 * ```ts
 * for await (const { event } of readEvents(streamSource(createReadStream('events.gz')))) console.log(event.eventType);
 * ```
 */
function streamSource(stream: AsyncIterable<Uint8Array> = process.stdin): Source {
  const object: SourceObject = { uri: '-', readsOnce: true, open: (signal) => abortedBy(stream, signal) };
  return sourceOf([object]);
}

export { streamSource };
