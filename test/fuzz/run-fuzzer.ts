import fc from 'fast-check';
import type { Fuzzer } from './fuzzer';

/** Options of a run. */
interface RunOptions {
  /** A 32-bit integer. The same seed generates the same cases. */
  seed: number;
  /** Returns whether the time for new cases is up. */
  isTimeUp: () => boolean;
  /** Called after a failure. Returns a function that returns whether the time for shrinking is up. */
  startShrinking: () => () => boolean;
  /** Number of failures after which the run stops. */
  failures: number;
}

/** A failed case after shrinking. */
interface Failure {
  /** The number of the case, from 0, and the steps of shrinking: `17:0:3`. */
  path: string;
  input: unknown;
  error: unknown;
}

/** The result of a run. */
interface FuzzResult {
  /** Number of passed cases. */
  passed: number;
  failures: Failure[];
}

/** Stops the loop of fast-check, which otherwise runs a fixed number of cases. */
class TimeLimitReached extends Error {}

const endless = { numRuns: 2 ** 31 - 1, endOnFailure: true };

/** Returns the failure in a report of fast-check. */
function failureOf(details: fc.RunDetails<[unknown]>): Failure | undefined {
  const { failed, counterexample, counterexamplePath, errorInstance } = details;
  if (!failed || counterexample === null || errorInstance instanceof TimeLimitReached) return undefined;
  return { path: counterexamplePath ?? '0', input: counterexample[0], error: errorInstance };
}

/** Returns a smaller failing case if there is enough time. Otherwise, or if the failure cannot be repeated, the same case. */
async function shrunk(fuzzer: Fuzzer<unknown>, failure: Failure, options: RunOptions): Promise<Failure> {
  const isTimeUp = options.startShrinking();
  let isFirst = true;
  const property = fc.asyncProperty(fuzzer.cases, async (input) => {
    if (!isFirst && isTimeUp()) return;
    isFirst = false;
    await fuzzer.check(input);
  });
  const parameters = { seed: options.seed, path: failure.path, numRuns: 1 };
  return failureOf(await fc.check(property, parameters)) ?? failure;
}

/** Runs cases of a fuzzer, in the order of the seed, until the time is up or enough cases have failed. */
async function runFuzzer(fuzzer: Fuzzer<unknown>, options: RunOptions): Promise<FuzzResult> {
  const result: FuzzResult = { passed: 0, failures: [] };
  const property = fc.asyncProperty(fuzzer.cases, async (input) => {
    if (options.isTimeUp()) throw new TimeLimitReached();
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

/** Repeats one case. */
async function repeatCase(fuzzer: Fuzzer<unknown>, seed: number, path: string): Promise<FuzzResult> {
  const property = fc.asyncProperty(fuzzer.cases, async (input) => fuzzer.check(input));
  const failure = failureOf(await fc.check(property, { seed, path, numRuns: 1, endOnFailure: true }));
  return failure === undefined ? { passed: 1, failures: [] } : { passed: 0, failures: [failure] };
}

export { type Failure, type FuzzResult, repeatCase, runFuzzer };
