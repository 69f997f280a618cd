import type { Fault, FaultRule, FaultScope } from './fault-rule';
import type { OperationName } from './operation';

/** What a fault's scope is compared with. */
interface FaultTarget {
  operation: OperationName;
  bucket: string;
  key: string | undefined;
}

function isWithin(scope: FaultScope, target: FaultTarget): boolean {
  return (
    (scope.operation ?? target.operation) === target.operation &&
    (scope.bucket ?? target.bucket) === target.bucket &&
    (scope.key ?? target.key) === target.key
  );
}

/** The faults that are still to happen, in the order they were given. */
class Faults {
  private readonly pending: { rule: FaultRule; toSpare: number; toBefall: number }[] = [];

  add(rule: FaultRule): void {
    this.pending.push({ rule, toSpare: rule.after ?? 0, toBefall: rule.times ?? 1 });
  }

  /** Takes the next fault of one sort that befalls the request, if there is one. */
  take<Sort extends Fault>(target: FaultTarget, isOfSort: (fault: Fault) => fault is Sort): Sort | undefined {
    for (const pending of this.pending) {
      const fault: Fault = pending.rule;
      if (!isOfSort(fault) || !isWithin(pending.rule, target)) continue;
      if (pending.toSpare > 0) pending.toSpare--;
      else if (pending.toBefall-- > 0) return fault;
    }
    return undefined;
  }
}

export { Faults };
