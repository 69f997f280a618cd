import type { ObjectTaskFactory } from 'ses-event-archive';
import { count } from './candidate';

/** Counts the events of an object by kind, in the worker. */
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
