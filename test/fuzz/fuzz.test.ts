import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { fuzz } from './fuzz';
import type { Fuzzer } from './fuzzer';
import { caseOf } from './kept-cases';
import { repeatCase, runFuzzer } from './run-fuzzer';

const folder = mkdtempSync(join(tmpdir(), 'ses-events-fuzz-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Trial {
  fuzzer: Fuzzer<unknown>;
  /** What was checked, in order. */
  seen: unknown[];
}

/** A fuzzer of lists of numbers, of which those are refused that the test says. */
function trial(isRefused: (list: readonly number[], times: number) => boolean): Trial {
  const seen: unknown[] = [];
  const fuzzer: Fuzzer<readonly number[]> = {
    name: 'trial',
    cases: fc.array(fc.nat(1000)),
    check(list) {
      seen.push(list);
      if (isRefused(list, seen.length)) throw new Error('the list is refused');
    },
  };
  return { fuzzer, seen };
}

/** Stops after so many questions. */
function asked(count: number): () => boolean {
  let times = 0;
  return () => times++ >= count;
}

const options = { seed: 7, isOver: asked(50), startShrinking: () => asked(1000), failures: 1 };
const hasLarge = (list: readonly number[]) => list.some((number) => number > 500);

describe('a fuzzer is run', () => {
  it('until its time is over', async () => {
    const { fuzzer, seen } = trial(() => false);
    const result = await runFuzzer(fuzzer, { ...options, isOver: asked(50) });
    expect(result).toEqual({ passed: 50, failures: [] });
    expect(seen).toHaveLength(50);
  });

  it('with the same cases for the same seed, and others for another', async () => {
    const casesOf = async (seed: number, count: number) => {
      const { fuzzer, seen } = trial(() => false);
      await runFuzzer(fuzzer, { ...options, seed, isOver: asked(count) });
      return seen;
    };
    const cases = await casesOf(7, 50);
    expect((await casesOf(7, 80)).slice(0, 50)).toEqual(cases);
    expect(await casesOf(8, 50)).not.toEqual(cases);
  });

  it('until a case fails, which is made smaller and can be repeated', async () => {
    const { fuzzer } = trial(hasLarge);
    const { failures } = await runFuzzer(fuzzer, { ...options, isOver: asked(200) });
    expect(failures).toMatchObject([{ input: [501], error: new Error('the list is refused') }]);
    const path = failures[0]?.path ?? '';
    expect(path).toMatch(/^\d+(:\d+)+$/);
    expect(await repeatCase(fuzzer, 7, path)).toMatchObject({
      passed: 0,
      failures: [{ input: [501], path }],
    });
  });

  it('until so many cases have failed as are asked for, each of them once', async () => {
    const { fuzzer } = trial(hasLarge);
    const { failures } = await runFuzzer(fuzzer, { ...options, isOver: asked(500), failures: 3 });
    const numbers = failures.map(({ path }) => Number(path.split(':')[0]));
    expect(new Set(numbers).size).toBe(3);
    expect(numbers).toEqual([...numbers].sort((one, other) => one - other));
  });

  it('and a failure that does not come again is told as it was', async () => {
    const { fuzzer } = trial((_, times) => times === 20);
    const { passed, failures } = await runFuzzer(fuzzer, { ...options, isOver: asked(50) });
    expect([passed, failures.map(({ path }) => path)]).toEqual([19, ['19']]);
  });

  it('without making a failure smaller for longer than it may take', async () => {
    const { fuzzer } = trial(hasLarge);
    const run = { ...options, isOver: asked(200), startShrinking: () => asked(0) };
    const { failures } = await runFuzzer(fuzzer, run);
    expect(failures[0]?.path).toMatch(/^\d+$/);
  });
});

describe('what is printed', () => {
  const run = async (fuzzer: Fuzzer<unknown>, more: object = {}) => {
    const lines: string[] = [];
    const code = await fuzz(
      { seed: 7, milliseconds: 300, fuzzers: [fuzzer], path: undefined, failures: 1, folder, ...more },
      (line) => lines.push(line),
    );
    return { code, lines };
  };

  it('is the seed first and last, with how many cases passed', async () => {
    const { code, lines } = await run(trial(() => false).fuzzer);
    expect(code).toBe(0);
    expect(lines[0]).toBe(`seed 7, 0.3 s, findings in ${folder}`);
    expect(lines.at(-1)).toMatch(/^[\d,]+ passed, 0 failed \(trial [\d,]+; seed 7\)$/);
    expect(lines).toHaveLength(3);
  });

  it('is how to repeat a failure, and where its case is written', async () => {
    const { code, lines } = await run(trial(hasLarge).fuzzer);
    expect(code).toBe(1);
    const [, path] = /^trial: case ([\d:]+) failed: the list is refused$/.exec(lines[1] ?? '') ?? [];
    expect(lines).toContain(`  repeat it:  npm run test:fuzz -- --seed 7 --only trial --case ${path}`);
    const file = lines.find((line) => line.startsWith('  written to: '))?.slice('  written to: '.length);
    const kept = caseOf('x', readFileSync(file ?? '', 'utf8'));
    expect(kept).toEqual({ name: 'x', what: 'the list is refused', input: [501] });
    expect(lines.at(-1)).toMatch(/ passed, 1 failed \(trial /);
  });

  it('is what comes of one case when one is asked for', async () => {
    const { fuzzer, seen } = trial(() => false);
    const { code, lines } = await run(fuzzer, { path: '3' });
    expect([code, seen.length]).toEqual([0, 1]);
    expect(lines.at(-1)).toBe('1 passed, 0 failed (trial 1; seed 7)');
  });
});
