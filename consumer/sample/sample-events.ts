import { LifeCycle, type SampleEvent } from './messages/timeline';
import { composeMessage } from './messages/message';
import { resolveSampleOptions, type SampleOptions } from './seed/options';
import { Random } from './seed/random';
import { failingStories } from './scenarios/failures';
import { feedbackStories, readingStories } from './scenarios/responses';
import type { Story } from './scenarios/scenario';
import { Calendar } from './time/calendar';
import { PendingQueue } from './time/pending-queue';

/** The random sequence for the events. */
const eventStream = 1;

/** Every story once, including the rarest. An archive begins with them, so that a small one contains all. */
const openingScene: readonly Story[] = [...failingStories, ...feedbackStories, ...readingStories];

/** A thousand stories according to their shares. */
const deck: readonly Story[] = openingScene.flatMap((story) => Array<Story>(story.share).fill(story));

/** Yields the opening scene, then shuffled decks without end. Every thousand messages have the same mix. */
function* storiesToTell(random: Random): Generator<Story, never> {
  yield* openingScene;
  for (;;) yield* random.shuffled(deck);
}

/**
 * Generates the events of a sample archive, in the order in which they reach Firehose: exactly
 * `options.events`, all different. The stories of their messages are complete, so opens follow days or weeks
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
  const stories = storiesToTell(random);
  let planned = 0;
  for (let index = 0; planned < events; index++) {
    const sent = calendar.sendTime(index, random.fraction());
    yield* dueBefore(pending, sent);
    const story = stories.next().value;
    const cycle = new LifeCycle(composeMessage(random, sent, story.message), random, calendar);
    story.happen(cycle);
    for (const item of cycle.planned.slice(0, events - planned)) {
      pending.push(item.arrival, item);
      planned++;
    }
  }
  yield* dueBefore(pending, Number.POSITIVE_INFINITY);
}

function* dueBefore(pending: PendingQueue<SampleEvent>, time: number): Generator<SampleEvent, void> {
  for (let next = pending.takeBefore(time); next !== undefined; next = pending.takeBefore(time)) yield next;
}

export { sampleEvents };
