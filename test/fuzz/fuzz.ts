import { AssertionError } from 'node:assert/strict';
import type { Fuzzer } from './fuzzer';
import { keptCases, writeCase } from './kept-cases';
import { type Failure, type FuzzResult, repeatCase, runFuzzer } from './run-fuzzer';

/** What to fuzz and for how long. */
interface FuzzOptions {
  /** An integer of 31 bits. */
  seed: number;
  /** For the random cases of all fuzzers together. */
  milliseconds: number;
  fuzzers: readonly Fuzzer<unknown>[];
  /** The one case to repeat, of the one fuzzer. */
  path: string | undefined;
  /** How many failures end a fuzzer's run. */
  failures: number;
  /** Where cases that failed are written. */
  folder: string;
}

type Print = (line: string) => void;

/** At most so long a failure is made smaller. */
const shrinkMilliseconds = 20_000;

const formatted = (number: number) => number.toLocaleString('en-US');

/** What went wrong, in one line: an assertion goes on to show values, which are in the case, an engine to advise. */
function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\n.*$/s, '');
}

function printFailure(name: string, failure: Failure, { seed, folder }: FuzzOptions, print: Print): void {
  const { path, input, error } = failure;
  const file = writeCase(folder, `${name}-${seed}-${path.replaceAll(':', '-')}`, messageOf(error), input);
  print(`${name}: case ${path} failed: ${messageOf(error)}`);
  if (error instanceof Error && !(error instanceof AssertionError)) print(error.stack ?? '');
  print(`  repeat it:  npm run test:fuzz -- --seed ${seed} --only ${name} --case ${path}`);
  print(`  written to: ${file}`);
}

/** Runs the cases that are kept as fixtures. */
async function runKept(fuzzer: Fuzzer<unknown>, print: Print): Promise<{ passed: number; failed: number }> {
  const result = { passed: 0, failed: 0 };
  for (const { name, what, input } of keptCases(fuzzer.name)) {
    try {
      await fuzzer.check(input);
      result.passed++;
    } catch (error) {
      result.failed++;
      print(`${fuzzer.name}: kept case ${name} failed: ${messageOf(error)} (${what})`);
    }
  }
  return result;
}

function timer(milliseconds: number): () => boolean {
  const end = performance.now() + milliseconds;
  return () => performance.now() >= end;
}

/** Runs random cases for some time, or repeats the one case that is asked for. */
function runRandom(fuzzer: Fuzzer<unknown>, milliseconds: number, options: FuzzOptions): Promise<FuzzResult> {
  const { seed, path, failures } = options;
  if (path !== undefined) return repeatCase(fuzzer, seed, path);
  const startShrinking = () => timer(shrinkMilliseconds);
  return runFuzzer(fuzzer, { seed, isOver: timer(milliseconds), startShrinking, failures });
}

/**
 * Runs the kept cases of fuzzers, then random ones, and prints what came of it: the seed first, with each failure how
 * to repeat it, and last how many cases passed and failed.
 *
 * @returns the exit code: 1 when a case failed
 */
async function fuzz(options: FuzzOptions, print: Print): Promise<number> {
  const { seed, milliseconds, fuzzers, path, folder } = options;
  print(`seed ${seed}, ${milliseconds / 1000} s, findings in ${folder}`);
  const total = { passed: 0, failed: 0 };
  const counts: string[] = [];
  let left = milliseconds;
  for (const [index, fuzzer] of fuzzers.entries()) {
    const kept = path === undefined ? await runKept(fuzzer, print) : { passed: 0, failed: 0 };
    // What one does not need, because it has failed, the others share; shrinking takes nothing from them.
    const share = left / (fuzzers.length - index);
    const started = performance.now();
    const { passed, failures } = await runRandom(fuzzer, share, options);
    left -= Math.min(performance.now() - started, share);
    for (const failure of failures) printFailure(fuzzer.name, failure, options, print);
    fuzzer.close?.();
    total.passed += kept.passed + passed;
    total.failed += kept.failed + failures.length;
    const random = passed + failures.length;
    print(
      `${fuzzer.name}: ${formatted(random)} random cases, ${failures.length} failed; ` +
        `${kept.passed + kept.failed} kept ones, ${kept.failed} failed`,
    );
    counts.push(`${fuzzer.name} ${formatted(random)}`);
  }
  const { passed, failed } = total;
  print(`${formatted(passed)} passed, ${formatted(failed)} failed (${counts.join(', ')}; seed ${seed})`);
  return failed === 0 ? 0 : 1;
}

export { type FuzzOptions, fuzz };
