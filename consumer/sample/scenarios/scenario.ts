import type { LifeCycle } from '../messages/timeline';
import type { MessageOptions } from '../messages/message';

/** One possible life of a message. */
interface Story {
  /** Number of messages per thousand with this story. With 0, only the opening scene includes it. */
  share: number;
  message?: MessageOptions;
  happen: (cycle: LifeCycle) => void;
}

/** Combines steps of a message, one after the other. */
function inOrder(...steps: readonly Story['happen'][]): Story['happen'] {
  return (cycle) => {
    for (const step of steps) step(cycle);
  };
}

export { inOrder, type Story };
