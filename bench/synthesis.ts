import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from './run';

const root = join(__dirname, '..');

/** Target time of main.ts, as a multiple of the time of an empty app. */
const target = 1.3;

interface SynthesisResult {
  emptySeconds: number;
  seconds: number;
  /** Median over the rounds of the ratio of its time to the time of the empty app. */
  ofEmpty: number;
  target: number;
}

/** Returns the libraries that the constructs load. */
function libraries(): string[] {
  const sources = readdirSync(join(root, 'modules'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(root, 'modules', name), 'utf8'));
  const imports = sources.flatMap((source) =>
    [...source.matchAll(/^import (?!type)[^;]*? from '([^'.][^']*)';/gm)].map(
      ([, specifier = '']) => specifier,
    ),
  );
  return [...new Set(imports)].filter((specifier) => !specifier.startsWith('node:')).sort();
}

function secondsOf(outdir: string, script: string, ...args: string[]): number {
  const started = process.hrtime.bigint();
  execFileSync(join(root, 'node_modules', '.bin', 'tsx'), [script, ...args], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, CDKTF_OUTDIR: outdir },
  });
  return Number(process.hrtime.bigint() - started) / 1e9;
}

/** Measures the wall time of `tsx main.ts` and of an empty app, alternating. */
function measureSynthesis(rounds: number): SynthesisResult {
  const outdir = mkdtempSync(join(tmpdir(), 'ses-events-synthesis-'));
  const loaded = libraries();
  const runs: { empty: number; app: number }[] = [];
  try {
    for (let round = 0; round < rounds; round++) {
      process.stderr.write(`round ${round + 1} of ${rounds}: synthesis\n`);
      const empty = secondsOf(outdir, join('bench', 'synthesis', 'empty-app.ts'), ...loaded);
      runs.push({ empty, app: secondsOf(outdir, 'main.ts') });
    }
  } finally {
    rmSync(outdir, { recursive: true });
  }
  return {
    emptySeconds: median(runs.map(({ empty }) => empty)),
    seconds: median(runs.map(({ app }) => app)),
    ofEmpty: median(runs.map(({ empty, app }) => app / empty)),
    target,
  };
}

export { measureSynthesis };
