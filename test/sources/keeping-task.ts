import type { ReadEvent } from '../../consumer/records/outcome';
import type { ObjectTaskFactory } from '../../consumer/sources/object-task';

/** Keeps all events to the end of the object, then returns their bytes. */
const createTask: ObjectTaskFactory<string[]> = () => {
  const kept: ReadEvent[] = [];
  return {
    outcome(outcome) {
      if (outcome.outcome === 'event') kept.push(outcome);
    },
    result: () => kept.map(({ raw }) => Buffer.from(raw).toString()),
  };
};

export { createTask };
