import type { MessageOptions } from '../messages/message';
import type { Timeline } from '../messages/timeline';

/** One possible sequence of events of a message. */
interface Scenario {
  /** Number of messages per thousand of the mix with this scenario. With 0, it occurs only once. */
  perThousand: number;
  message?: MessageOptions;
  run: (timeline: Timeline) => void;
}

/** Combines steps, one after the other. */
function inOrder(...steps: readonly Scenario['run'][]): Scenario['run'] {
  return (timeline) => {
    for (const step of steps) step(timeline);
  };
}

export { inOrder, type Scenario };
