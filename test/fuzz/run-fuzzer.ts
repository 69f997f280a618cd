import fc from 'fast-check';
import type { Fuzzer } from './fuzzer';

/** How long and from where to run. */
interface RunOptions {
  /** A 32-bit integer; the same seed gives the same cases. */
  seed: number;
  /** Whether the time for new cases is over. */
  isOver: () => boolean;
  /** Called when a failure was found; tells whether the time for shrinking it is over. */
  startShrinking: () => () => boolean;
  /** How many failures end the run. */
  failures: number;
}

/** A case that failed, as small as it could be made. */
interface Failure {
  /** The case's number from 0, and the steps by which it was shrunk: `17:0:3`. */
  path: string;
  input: unknown;
  error: unknown;
}

/** What came of a run. */
interface FuzzResult {
  /** Cases that passed. */
  passed: number;
  failures: Failure[];
}

/** Ends fast-check's loop, which otherwise goes on for a fixed number of cases. */
class TimeIsOver extends Error {}

const endless = { numRuns: 2 ** 31 - 1, endOnFailure: true };

/** The failure that a report of fast-check tells of. */
function failureOf(details: fc.RunDetails<[unknown]>): Failure | undefined {
  const { failed, counterexample, counterexamplePath, errorInstance } = details;
  if (!failed || counterexample === null || errorInstance instanceof TimeIsOver) return undefined;
  return { path: counterexamplePath ?? '0', input: counterexample[0], error: errorInstance };
}

/** The same failure of a smaller case, if one is found in time. A failure that does not come again stays as it is. */
async function shrunk(fuzzer: Fuzzer<unknown>, failure: Failure, options: RunOptions): Promise<Failure> {
  const isOver = options.startShrinking();
  let isFirst = true;
  const property = fc.asyncProperty(fuzzer.cases, async (input) => {
    if (!isFirst && isOver()) return;
    isFirst = false;
    await fuzzer.check(input);
  });
  const again = { seed: options.seed, path: failure.path, numRuns: 1 };
  return failureOf(await fc.check(property, again)) ?? failure;
}

/** Runs cases of a fuzzer, in the order that the seed gives, until the time is over or enough have failed. */
async function runFuzzer(fuzzer: Fuzzer<unknown>, options: RunOptions): Promise<FuzzResult> {
  const result: FuzzResult = { passed: 0, failures: [] };
  const property = fc.asyncProperty(fuzzer.cases, async (input) => {
    if (options.isOver()) throw new TimeIsOver();
    await fuzzer.check(input);
    result.passed++;
  });
  for (let next = 0; result.failures.length < options.failures; ) {
    const details = await fc.check(property, { ...endless, seed: options.seed, path: String(next) });
    const failure = failureOf(details);
    if (failure === undefined) break;
    next = Number(failure.path) + 1;
    result.failures.push(await shrunk(fuzzer, failure, options));
  }
  return result;
}

/** Runs one case again. */
async function repeatCase(fuzzer: Fuzzer<unknown>, seed: number, path: string): Promise<FuzzResult> {
  const property = fc.asyncProperty(fuzzer.cases, async (input) => fuzzer.check(input));
  const failure = failureOf(await fc.check(property, { seed, path, numRuns: 1, endOnFailure: true }));
  return failure === undefined ? { passed: 1, failures: [] } : { passed: 0, failures: [failure] };
}

export { type Failure, type FuzzResult, repeatCase, runFuzzer };
