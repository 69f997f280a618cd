import type { ObjectTaskFactory } from '../../consumer/sources/object-task';

/** A task that counts outcomes, throws for objects called `throws`, and ends its thread for those called `exits`. */
const createTask: ObjectTaskFactory<number> = (uri) => {
  let count = 0;
  return {
    outcome() {
      count++;
      if (uri.endsWith('throws')) throw new TypeError('the task failed');
      if (uri.endsWith('exits')) process.exit(7);
    },
    result: () => count,
  };
};

export { createTask };
