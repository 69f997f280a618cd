import type { ObjectTaskFactory } from 'ses-event-archive';
import { count } from './contender';

/** Counts an object's events by kind, where they are read. */
const createTask: ObjectTaskFactory<Record<string, number>> = () => {
  const kinds: Record<string, number> = {};
  return {
    outcome(outcome) {
      if (outcome.outcome === 'event') count(kinds, outcome.event.eventType);
    },
    result: () => kinds,
  };
};

export { createTask };
