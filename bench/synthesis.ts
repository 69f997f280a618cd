import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from './run';

const root = join(__dirname, '..');

/** What main.ts may take, as a multiple of the time of an empty app. */
const target = 1.3;

interface SynthesisResult {
  emptySeconds: number;
  seconds: number;
  /** Median over the rounds of its time over the empty app's in the same round. */
  ofEmpty: number;
  target: number;
}

/** The libraries that the constructs load. */
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

/** Wall time of `tsx main.ts` and of an empty app, in turn, round after round. */
function measureSynthesis(rounds: number): SynthesisResult {
  const outdir = mkdtempSync(join(tmpdir(), 'ses-events-synthesis-'));
  const loaded = libraries();
  const runs: { empty: number; ours: number }[] = [];
  try {
    for (let round = 0; round < rounds; round++) {
      process.stderr.write(`round ${round + 1} of ${rounds}: synthesis\n`);
      const empty = secondsOf(outdir, join('bench', 'synthesis', 'empty-app.ts'), ...loaded);
      runs.push({ empty, ours: secondsOf(outdir, 'main.ts') });
    }
  } finally {
    rmSync(outdir, { recursive: true });
  }
  return {
    emptySeconds: median(runs.map(({ empty }) => empty)),
    seconds: median(runs.map(({ ours }) => ours)),
    ofEmpty: median(runs.map(({ empty, ours }) => ours / empty)),
    target,
  };
}

export { measureSynthesis, type SynthesisResult };
