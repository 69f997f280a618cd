import type { Timeline } from '../messages/timeline';
import { providers } from '../profiles/providers';
import { send } from '../steps/accept';
import { bounceReasons } from '../steps/bounce';
import { delay, delayReasons, deliver } from '../steps/deliver';
import { delayedThenBounced } from './failures';
import { inOrder, type Scenario } from './scenario';

const { throttled } = delayReasons;

/** The provider accepts the message after a number of delays and half days. */
function acceptedLater(delays: number, halfDays: number): Scenario['run'] {
  const delayed = (timeline: Timeline) => delay(timeline, throttled);
  return inOrder(send, ...Array<Scenario['run']>(delays).fill(delayed), (timeline) =>
    deliver(timeline.advance(60_000, 180_000).advanceHalfDays(halfDays)),
  );
}

/** One provider, with a fifth of the recipients, throttles: a fifth of its messages is delayed. */
const throttledScenarios: readonly Scenario[] = [
  { perThousand: 16, run: acceptedLater(1, 0) },
  { perThousand: 8, run: acceptedLater(2, 0) },
  { perThousand: 12, run: acceptedLater(2, 1) },
  { perThousand: 4, run: delayedThenBounced(throttled, bounceReasons.expired) },
].map((scenario) => ({ ...scenario, message: { provider: providers.office } }));

export { throttledScenarios };
