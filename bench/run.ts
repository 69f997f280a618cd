import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { dataFolder } from './archive';

/** Measurements of one run of a candidate. */
interface Run {
  seconds: number;
  peakMebibytes: number;
  kinds: Record<string, number>;
}

/**
 * Compiles a folder of candidates to JavaScript, so that the measurements do not include a loader.
 * @param bundle whether to include imported files of this package that it does not export
 */
function compileCandidates(folder: string, { bundle = false } = {}): string {
  const outdir = join(dataFolder, 'build', folder);
  const entryPoints = readdirSync(join(__dirname, folder)).map((file) => join(__dirname, folder, file));
  const bundled = bundle ? ({ bundle, packages: 'external' } as const) : {};
  // The target keeps import(), because a candidate can be ESM.
  buildSync({ entryPoints, outdir, ...bundled, platform: 'node', format: 'cjs', target: 'node20' });
  return outdir;
}

/** Runs a compiled candidate in its own process. */
function run(script: string, ...args: string[]): Run {
  const stdout = execFileSync(process.execPath, [script, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(stdout) as Run; // the output of runCandidate
}

/** Returns the median of numbers. */
function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

export { compileCandidates, median, type Run, run };
