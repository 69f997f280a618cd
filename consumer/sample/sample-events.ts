import { createMessage } from './messages/message';
import { type SampleEvent, Timeline } from './messages/timeline';
import { ScenarioMix } from './scenarios/scenario-mix';
import { resolveSampleOptions, type SampleOptions } from './seed/options';
import { Random } from './seed/random';
import { Calendar } from './time/calendar';
import { PendingQueue } from './time/pending-queue';

/** The random sequence for the events. */
const eventStream = 1;

/**
 * Generates the events of a sample archive, in the order in which they reach Firehose: exactly
 * `options.events`, all different. The scenarios of the messages are complete, so opens follow days or weeks
 * after the last message was sent.
 *
 * @throws {RangeError} when an option is invalid
 *
 * @example
 * ```ts
 * for (const { event, arrival } of sampleEvents({ events: 300, seed: 1 })) console.log(arrival, event.eventType);
 * ```
 */
function* sampleEvents(options: SampleOptions): Generator<SampleEvent, void> {
  const { events, seed, start, days } = resolveSampleOptions(options);
  const random = new Random(seed, eventStream);
  const calendar = new Calendar(start, events, days);
  const pending = new PendingQueue<SampleEvent>();
  const mix = new ScenarioMix(random, calendar, events);
  let count = 0;
  while (count < events) {
    const sent = calendar.sendTime(count / events);
    yield* dueBefore(pending, sent);
    const scenario = mix.next(sent);
    const timeline = new Timeline(createMessage(random, sent, scenario.message), random, calendar);
    scenario.run(timeline);
    for (const item of timeline.events.slice(0, events - count)) {
      pending.push(item.arrival, item);
      count++;
    }
  }
  yield* dueBefore(pending, Number.POSITIVE_INFINITY);
}

function* dueBefore(pending: PendingQueue<SampleEvent>, time: number): Generator<SampleEvent, void> {
  for (let next = pending.takeBefore(time); next !== undefined; next = pending.takeBefore(time)) yield next;
}

export { sampleEvents };
