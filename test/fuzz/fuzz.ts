import { AssertionError } from 'node:assert/strict';
import type { Fuzzer } from './fuzzer';
import { regressionCases, writeCase } from './regression-cases';
import { type Failure, type FuzzResult, repeatCase, runFuzzer } from './run-fuzzer';

/** Options of a fuzz run. */
interface FuzzOptions {
  /** An integer of 31 bits. */
  seed: number;
  /** Total time for the random cases of all fuzzers. */
  milliseconds: number;
  fuzzers: readonly Fuzzer<unknown>[];
  /** The case to repeat, of the only fuzzer. */
  path: string | undefined;
  /** Number of failures after which a fuzzer stops. */
  failures: number;
  /** Folder for failed cases. */
  folder: string;
}

type Print = (line: string) => void;

/** Maximum time for shrinking a failure. */
const shrinkMilliseconds = 20_000;

const formatted = (number: number) => number.toLocaleString('en-US');

/** Returns the first line of an error. Further lines are values, which are in the case, or hints of the engine. */
function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\n.*$/s, '');
}

function printFailure(name: string, failure: Failure, { seed, folder }: FuzzOptions, print: Print): void {
  const { path, input, error } = failure;
  const file = writeCase(folder, `${name}-${seed}-${path.replaceAll(':', '-')}`, messageOf(error), input);
  print(`${name}: case ${path} failed: ${messageOf(error)}`);
  if (error instanceof Error && !(error instanceof AssertionError)) print(error.stack ?? '');
  print(`  repeat with: npm run test:fuzz -- --seed ${seed} --only ${name} --case ${path}`);
  print(`  written to:  ${file}`);
}

/** Runs the regression cases in the fixtures. */
async function runRegressionCases(
  fuzzer: Fuzzer<unknown>,
  print: Print,
): Promise<{ passed: number; failed: number }> {
  const result = { passed: 0, failed: 0 };
  for (const { name, description, input } of regressionCases(fuzzer.name)) {
    try {
      await fuzzer.check(input);
      result.passed++;
    } catch (error) {
      result.failed++;
      print(`${fuzzer.name}: regression case ${name} failed: ${messageOf(error)} (${description})`);
    }
  }
  return result;
}

function timer(milliseconds: number): () => boolean {
  const end = performance.now() + milliseconds;
  return () => performance.now() >= end;
}

/** Runs random cases for a time, or repeats the selected case. */
function runRandom(fuzzer: Fuzzer<unknown>, milliseconds: number, options: FuzzOptions): Promise<FuzzResult> {
  const { seed, path, failures } = options;
  if (path !== undefined) return repeatCase(fuzzer, seed, path);
  const startShrinking = () => timer(shrinkMilliseconds);
  return runFuzzer(fuzzer, { seed, isTimeUp: timer(milliseconds), startShrinking, failures });
}

/**
 * Runs the regression cases of fuzzers, then random cases. Prints the seed, the command that repeats each failure, and
 * the number of passed and failed cases.
 *
 * @returns the exit code: 1 when a case failed
 */
async function fuzz(options: FuzzOptions, print: Print): Promise<number> {
  const { seed, milliseconds, fuzzers, path, folder } = options;
  print(`seed ${seed}, ${milliseconds / 1000} s, findings in ${folder}`);
  const total = { passed: 0, failed: 0 };
  const counts: string[] = [];
  let remaining = milliseconds;
  for (const [index, fuzzer] of fuzzers.entries()) {
    const regression =
      path === undefined ? await runRegressionCases(fuzzer, print) : { passed: 0, failed: 0 };
    // Fuzzers share the time that a failed fuzzer did not use. Shrinking does not count.
    const share = remaining / (fuzzers.length - index);
    const started = performance.now();
    const { passed, failures } = await runRandom(fuzzer, share, options);
    remaining -= Math.min(performance.now() - started, share);
    for (const failure of failures) printFailure(fuzzer.name, failure, options, print);
    fuzzer.close?.();
    total.passed += regression.passed + passed;
    total.failed += regression.failed + failures.length;
    const random = passed + failures.length;
    print(
      `${fuzzer.name}: ${formatted(random)} random cases, ${failures.length} failed; ` +
        `${regression.passed + regression.failed} regression cases, ${regression.failed} failed`,
    );
    counts.push(`${fuzzer.name} ${formatted(random)}`);
  }
  const { passed, failed } = total;
  print(`${formatted(passed)} passed, ${formatted(failed)} failed (${counts.join(', ')}; seed ${seed})`);
  return failed === 0 ? 0 : 1;
}

export { type FuzzOptions, fuzz };
