import { createMessage } from './messages/message';
import { type SampleEvent, Timeline } from './messages/timeline';
import { deliveryScenarios, feedbackScenarios } from './scenarios/deliveries';
import { failureScenarios } from './scenarios/failures';
import type { Scenario } from './scenarios/scenario';
import { resolveSampleOptions, type SampleOptions } from './seed/options';
import { Random } from './seed/random';
import { Calendar } from './time/calendar';
import { PendingQueue } from './time/pending-queue';

/** The random sequence for the events. */
const eventStream = 1;

/** Every scenario once. An archive begins with them, so that a small archive contains all of them. */
const allScenarios: readonly Scenario[] = [...failureScenarios, ...feedbackScenarios, ...deliveryScenarios];

/** A thousand scenarios, each as often as its `perThousand`. */
const weightedScenarios: readonly Scenario[] = allScenarios.flatMap((scenario) =>
  Array<Scenario>(scenario.perThousand).fill(scenario),
);

/** Yields every scenario once, then a thousand at a time in random order, without end. */
function* scenarioSequence(random: Random): Generator<Scenario, never> {
  yield* allScenarios;
  for (;;) yield* random.shuffled(weightedScenarios);
}

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
  const { events, seed, start } = resolveSampleOptions(options);
  const random = new Random(seed, eventStream);
  const calendar = new Calendar(start, events);
  const pending = new PendingQueue<SampleEvent>();
  const scenarios = scenarioSequence(random);
  let count = 0;
  for (let index = 0; count < events; index++) {
    const sent = calendar.sendTime(index, random.fraction());
    yield* dueBefore(pending, sent);
    const scenario = scenarios.next().value;
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
