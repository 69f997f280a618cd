import fc from 'fast-check';
import { PendingQueue } from '../../../consumer/sample/time/pending-queue';

/** Takes all values that are due before a time. */
function takeAll<Value>(queue: PendingQueue<Value>, time = Number.POSITIVE_INFINITY): Value[] {
  const taken: Value[] = [];
  for (let next = queue.takeBefore(time); next !== undefined; next = queue.takeBefore(time)) taken.push(next);
  return taken;
}

describe('PendingQueue', () => {
  it('returns values in the order of their due times, whatever the order of insertion', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), (dues) => {
        const queue = new PendingQueue<string>();
        for (const due of dues) queue.push(due, `due ${due}`);
        expect(takeAll(queue)).toEqual([...dues].sort((a, b) => a - b).map((due) => `due ${due}`));
      }),
    );
  });

  it('keeps values that are due at the time or later, and accepts more values in between', () => {
    const queue = new PendingQueue<string>();
    expect(queue.takeBefore(9)).toBeUndefined();
    queue.push(2, 'b');
    queue.push(1, 'a');
    expect(takeAll(queue, 2)).toEqual(['a']);
    queue.push(3, 'c');
    expect(takeAll(queue)).toEqual(['b', 'c']);
  });
});
