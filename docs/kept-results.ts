import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ScaleGrowth, ScaleResult } from '../bench/scale/scale-result';

/** The kept output of `npm run bench -- --suite scale --json`, and of the same with `--scale 1000000,10000000`. */
const keptFiles = { scale: 'bench/results/scale.json', growth: 'bench/results/scale-growth.json' } as const;

function parsed(file: string): unknown {
  return JSON.parse(readFileSync(join(__dirname, '..', file), 'utf8'));
}

/** Returns the kept results of the archive against the lines. */
function keptResults(): ScaleResult {
  return (parsed(keptFiles.scale) as { scale: ScaleResult }).scale; // the output of the benchmark
}

/** Returns the kept growth of the questions over the archive. */
function keptGrowth(): ScaleGrowth[] {
  return (parsed(keptFiles.growth) as { scaleGrowth: ScaleGrowth[] }).scaleGrowth; // the output of the benchmark
}

export { keptFiles, keptGrowth, keptResults };
