import type fc from 'fast-check';

/** A generator of cases, with a check for each case. */
interface Fuzzer<Case> {
  /** The name on the command line and below `test/fixtures/fuzz`. */
  name: string;
  /** Plain data, which can contain buffers. Cases are stored as JSON (see `regression-cases.ts`). */
  cases: fc.Arbitrary<Case>;
  /** @throws when a condition is not met, with a message that describes it */
  check(input: Case): Promise<void> | void;
  /** Removes resources that the cases share. */
  close?(): void;
}

export type { Fuzzer };
