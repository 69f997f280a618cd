import fc from 'fast-check';
import { PendingQueue } from '../../../consumer/sample/time/pending-queue';

describe('PendingQueue', () => {
  it('hands values out in the order in which they are due, however they came', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), (dues) => {
        const queue = new PendingQueue<number>();
        for (const due of dues) queue.push(due, -due);
        expect(queue.length).toBe(dues.length);
        const taken: number[] = [];
        for (let next = queue.take(); next !== undefined; next = queue.take()) {
          expect(next.value).toBe(-next.due);
          taken.push(next.due);
        }
        expect(taken).toEqual([...dues].sort((a, b) => a - b));
      }),
    );
  });

  it('tells when the first is due and how many waited at most', () => {
    const queue = new PendingQueue<string>();
    expect(queue.nextDue).toBeUndefined();
    queue.push(2, 'b');
    queue.push(1, 'a');
    expect(queue.nextDue).toBe(1);
    queue.take();
    queue.push(3, 'c');
    expect(queue.highWater).toBe(2);
  });
});
