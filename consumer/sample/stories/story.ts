import type { LifeCycle } from '../messages/life-cycle';
import type { MessageOptions } from '../messages/message';

/** One way in which a message can fare. */
interface Story {
  /** How many of a thousand messages fare like this; 0: only the opening scene has it. */
  share: number;
  message?: MessageOptions;
  happen: (cycle: LifeCycle) => void;
}

/** Some steps of a message, one after the other. */
function inOrder(...steps: readonly Story['happen'][]): Story['happen'] {
  return (cycle) => {
    for (const step of steps) step(cycle);
  };
}

export { inOrder, type Story };
