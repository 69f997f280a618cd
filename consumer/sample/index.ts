import { Firehose } from './objects/firehose';
import type { SampleObject } from './objects/sample-object';
import { sampleEvents } from './sample-events';
import { resolveSampleOptions, type SampleOptions } from './seed/options';

/**
 * A made-up archive of SES events as Firehose delivers it, one object after another. Keys and decompressed
 * bytes depend on the options alone, and memory does not grow with the number of events.
 *
 * The objects hold the events of `sampleEvents`, one record a line and gzipped. From 300 events on, four
 * small objects show every other way of framing and storing, one of them below `errors/`, and a few lines
 * are broken. Five events in a thousand are delivered twice.
 *
 * @throws {RangeError} when an option cannot be used
 *
 * @example
 * ```ts
 * for (const { key, bytes } of sampleObjects({ events: 2_000, seed: 1 })) await put(key, bytes);
 * ```
 */
function* sampleObjects(options: SampleOptions): Generator<SampleObject, void> {
  const firehose = new Firehose(resolveSampleOptions(options));
  for (const sample of sampleEvents(options)) {
    firehose.put(sample);
    yield* firehose.completed();
  }
  firehose.end();
  yield* firehose.completed();
}

export type { SampleEvent } from './messages/life-cycle';
export type { SampleCounts } from './objects/sample-object';
export { type SampleObject, type SampleOptions, sampleEvents, sampleObjects };
