import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ScaleResult } from '../bench/scale/scale-result';

/** The kept output of `npm run bench -- --suite scale --json`. */
const keptFile = 'bench/results/scale.json';

/** Returns the kept results of the benchmark. */
function keptResults(): ScaleResult {
  const text = readFileSync(join(__dirname, '..', keptFile), 'utf8');
  return (JSON.parse(text) as { scale: ScaleResult }).scale; // the output of the benchmark
}

export { keptFile, keptResults };
