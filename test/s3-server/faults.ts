import type { Fault, FaultRule, FaultScope } from './fault-rule';
import type { OperationName } from './operation';

/** The properties of a request that a scope can match. */
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

/** The pending faults, in the order in which they were added. */
class Faults {
  private readonly pending: { rule: FaultRule; skips: number; uses: number }[] = [];

  add(rule: FaultRule): void {
    this.pending.push({ rule, skips: rule.after ?? 0, uses: rule.times ?? 1 });
  }

  /** Takes the next fault of a type that affects the request. Returns undefined when there is none. */
  take<Type extends Fault>(target: FaultTarget, isOfType: (fault: Fault) => fault is Type): Type | undefined {
    for (const pending of this.pending) {
      const fault: Fault = pending.rule;
      if (!isOfType(fault) || !isWithin(pending.rule, target)) continue;
      if (pending.skips > 0) pending.skips--;
      else if (pending.uses-- > 0) return fault;
    }
    return undefined;
  }
}

export { Faults };
