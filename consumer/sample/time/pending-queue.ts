/** A value and the time at which it is due. */
interface Pending<Value> {
  due: number;
  value: Value;
}

/** A queue of values that returns them by ascending `due`: a binary heap. */
class PendingQueue<Value> {
  private readonly heap: Pending<Value>[] = [];

  push(due: number, value: Value): void {
    const { heap } = this;
    let index = heap.length;
    heap.push({ due, value });
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (this.dueAt(parent) <= due) break;
      this.swap(index, parent);
      index = parent;
    }
  }

  /** Removes the first value that is due before a time. Returns undefined when there is none. */
  takeBefore(time: number): Value | undefined {
    return this.dueAt(0) < time ? this.take() : undefined;
  }

  private take(): Value | undefined {
    const { heap } = this;
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first?.value;
    heap[0] = last;
    let index = 0;
    for (;;) {
      const left = 2 * index + 1;
      const child = this.dueAt(left + 1) < this.dueAt(left) ? left + 1 : left;
      if (this.dueAt(child) >= last.due) return first.value;
      this.swap(index, child);
      index = child;
    }
  }

  private dueAt(index: number): number {
    return this.heap[index]?.due ?? Number.POSITIVE_INFINITY;
  }

  private swap(one: number, other: number): void {
    const { heap } = this;
    const moved = heap[one] as Pending<Value>; // both indexes are in bounds
    heap[one] = heap[other] as Pending<Value>;
    heap[other] = moved;
  }
}

export { PendingQueue };
