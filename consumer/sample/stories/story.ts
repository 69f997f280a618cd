import type { LifeCycle } from '../messages/life-cycle';
import type { MessageOptions } from '../messages/message';

/** One way in which a message can fare. */
interface Story {
  /** How many of a thousand messages fare like this; 0: only the opening scene has it. */
  share: number;
  message?: MessageOptions;
  happen: (cycle: LifeCycle) => void;
}

export type { Story };
