import type fc from 'fast-check';

/** Cases of one sort, and what must hold for each of them. */
interface Fuzzer<Case> {
  /** How it is named on the command line and below `test/fixtures/fuzz`. */
  name: string;
  /** Plain data with buffers in it: a case is kept as JSON (see `kept-cases.ts`). */
  cases: fc.Arbitrary<Case>;
  /** @throws when something does not hold, with a message that says what */
  check(input: Case): Promise<void> | void;
  /** Removes what its cases share. */
  close?(): void;
}

export type { Fuzzer };
