import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { fuzz } from './fuzz';
import type { Fuzzer } from './fuzzer';
import { parseCase } from './regression-cases';
import { repeatCase, runFuzzer } from './run-fuzzer';

const folder = mkdtempSync(join(tmpdir(), 'ses-events-fuzz-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Trial {
  fuzzer: Fuzzer<unknown>;
  /** The checked cases, in order. */
  checked: unknown[];
}

/** Creates a fuzzer of lists of numbers. A list fails if the function returns true. */
function trial(fails: (list: readonly number[], times: number) => boolean): Trial {
  const checked: unknown[] = [];
  const fuzzer: Fuzzer<readonly number[]> = {
    name: 'trial',
    cases: fc.array(fc.nat(1000)),
    check(list) {
      checked.push(list);
      if (fails(list, checked.length)) throw new Error('the list fails');
    },
  };
  return { fuzzer, checked };
}

/** Returns a function that returns true after a number of calls. */
function stopAfter(count: number): () => boolean {
  let times = 0;
  return () => times++ >= count;
}

const options = { seed: 7, isTimeUp: stopAfter(50), startShrinking: () => stopAfter(1000), failures: 1 };
const hasLarge = (list: readonly number[]) => list.some((number) => number > 500);

describe('runFuzzer', () => {
  it('runs until the time is up', async () => {
    const { fuzzer, checked } = trial(() => false);
    const result = await runFuzzer(fuzzer, { ...options, isTimeUp: stopAfter(50) });
    expect(result).toEqual({ passed: 50, failures: [] });
    expect(checked).toHaveLength(50);
  });

  it('generates the same cases for the same seed, and different cases for different seeds', async () => {
    const casesOf = async (seed: number, count: number) => {
      const { fuzzer, checked } = trial(() => false);
      await runFuzzer(fuzzer, { ...options, seed, isTimeUp: stopAfter(count) });
      return checked;
    };
    const cases = await casesOf(7, 50);
    expect((await casesOf(7, 80)).slice(0, 50)).toEqual(cases);
    expect(await casesOf(8, 50)).not.toEqual(cases);
  });

  it('stops when a case fails, shrinks the case, and can repeat it', async () => {
    const { fuzzer } = trial(hasLarge);
    const { failures } = await runFuzzer(fuzzer, { ...options, isTimeUp: stopAfter(200) });
    expect(failures).toMatchObject([{ input: [501], error: new Error('the list fails') }]);
    const path = failures[0]?.path ?? '';
    expect(path).toMatch(/^\d+(:\d+)+$/);
    expect(await repeatCase(fuzzer, 7, path)).toMatchObject({
      passed: 0,
      failures: [{ input: [501], path }],
    });
  });

  it('stops after a number of failures, each of a different case', async () => {
    const { fuzzer } = trial(hasLarge);
    const { failures } = await runFuzzer(fuzzer, { ...options, isTimeUp: stopAfter(500), failures: 3 });
    const numbers = failures.map(({ path }) => Number(path.split(':')[0]));
    expect(new Set(numbers).size).toBe(3);
    expect(numbers).toEqual([...numbers].sort((one, other) => one - other));
  });

  it('reports the original case when a failure cannot be repeated', async () => {
    const { fuzzer } = trial((_, times) => times === 20);
    const { passed, failures } = await runFuzzer(fuzzer, { ...options, isTimeUp: stopAfter(50) });
    expect([passed, failures.map(({ path }) => path)]).toEqual([19, ['19']]);
  });

  it('stops shrinking when the time for it is up', async () => {
    const { fuzzer } = trial(hasLarge);
    const run = { ...options, isTimeUp: stopAfter(200), startShrinking: () => stopAfter(0) };
    const { failures } = await runFuzzer(fuzzer, run);
    expect(failures[0]?.path).toMatch(/^\d+$/);
  });
});

describe('the output', () => {
  const run = async (fuzzer: Fuzzer<unknown>, more: object = {}) => {
    const lines: string[] = [];
    const code = await fuzz(
      { seed: 7, milliseconds: 300, fuzzers: [fuzzer], path: undefined, failures: 1, folder, ...more },
      (line) => lines.push(line),
    );
    return { code, lines };
  };

  it('begins with the seed and ends with the number of passed cases and the seed', async () => {
    const { code, lines } = await run(trial(() => false).fuzzer);
    expect(code).toBe(0);
    expect(lines[0]).toBe(`seed 7, 0.3 s, findings in ${folder}`);
    expect(lines.at(-1)).toMatch(/^[\d,]+ passed, 0 failed \(trial [\d,]+; seed 7\)$/);
    expect(lines).toHaveLength(3);
  });

  it('contains the command that repeats a failure, and the file with the case', async () => {
    const { code, lines } = await run(trial(hasLarge).fuzzer);
    expect(code).toBe(1);
    const [, path] = /^trial: case ([\d:]+) failed: the list fails$/.exec(lines[1] ?? '') ?? [];
    expect(lines).toContain(`  repeat with: npm run test:fuzz -- --seed 7 --only trial --case ${path}`);
    const file = lines.find((line) => line.startsWith('  written to:  '))?.slice('  written to:  '.length);
    const written = parseCase('x', readFileSync(file ?? '', 'utf8'));
    expect(written).toEqual({ name: 'x', description: 'the list fails', input: [501] });
    expect(lines.at(-1)).toMatch(/ passed, 1 failed \(trial /);
  });

  it('contains the result of the selected case only', async () => {
    const { fuzzer, checked } = trial(() => false);
    const { code, lines } = await run(fuzzer, { path: '3' });
    expect([code, checked.length]).toEqual([0, 1]);
    expect(lines.at(-1)).toBe('1 passed, 0 failed (trial 1; seed 7)');
  });
});
