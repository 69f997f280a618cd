import { Firehose } from './objects/firehose';
import type { SampleObject } from './objects/sample-object';
import { sampleEvents } from './sample-events';
import { maxDays, resolveSampleOptions, type SampleOptions } from './seed/options';

/**
 * Generates a sample archive of SES events as Firehose delivers it, object by object. Keys and decompressed
 * bytes only depend on the options, and memory does not grow with the number of events.
 *
 * The objects contain the events of `sampleEvents`, gzipped, one record per line. From 300 events on, a few
 * lines are broken, and four small objects have all other forms of framing and storage. One of them is below
 * `errors/`. Five per thousand events are delivered twice.
 *
 * @throws {RangeError} when an option is invalid
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

export type { SampleEvent } from './messages/timeline';
export type { SampleCounts } from './objects/sample-object';
export { maxDays, type SampleObject, type SampleOptions, sampleEvents, sampleObjects };
