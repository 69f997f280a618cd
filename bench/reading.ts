import { join } from 'node:path';
import { benchArchive } from './archive';
import { compileCandidates, median, type Run, run } from './run';

interface CandidateSpec {
  name: string;
  script: string;
  args?: string[];
  /** Target, as a multiple of the speed of the baseline. */
  target?: number;
}

const baselineName = 'baseline: gunzip + split + JSON.parse';

const candidates: readonly CandidateSpec[] = [
  { name: baselineName, script: 'baseline' },
  { name: 'readEvents, one thread', script: 'read-events', target: 0.9 },
  { name: 'mapObjects, two workers', script: 'workers', target: 1.6 },
  { name: 'two baselines side by side', script: 'side-by-side', args: ['baseline'] },
  { name: 'readEvents, kind Bounce, one thread', script: 'read-bounces', target: 2.4 },
  { name: 'mapObjects, kind Bounce, two workers', script: 'workers', args: ['--bounces'], target: 4 },
  { name: 'gunzip alone', script: 'gunzip' },
  { name: 'two gunzips side by side', script: 'side-by-side', args: ['gunzip'] },
  { name: 'readline + JSON.parse + zod union', script: 'readline' },
  { name: 'stream-json (jsonl) + zod union', script: 'stream-json' },
  { name: 'Powertools parser, Firehose route', script: 'powertools' },
];

/** A row of the result. */
interface ReadingResult {
  name: string;
  eventsPerSecond: number;
  /** Median over the rounds of the ratio of its speed to the speed of the baseline. */
  ofBaseline: number;
  target?: number | undefined;
  peakMebibytes: number;
}

/** Measures each candidate in its own process, alternating. */
function measureReading(events: number, rounds: number, only?: string): ReadingResult[] {
  const archive = benchArchive(events);
  const scripts = compileCandidates('read');
  const selected = candidates.filter(
    ({ name }) => name === baselineName || only === undefined || name.includes(only),
  );
  const runs = new Map<string, Run[]>(selected.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const { name, script, args = [] } of selected) {
      process.stderr.write(`round ${round + 1} of ${rounds}: ${name}\n`);
      runs.get(name)?.push(run(join(scripts, `${script}.js`), archive, ...args));
    }
  }
  const baseline = runs.get(baselineName) ?? [];
  return selected.map(({ name, target }) => {
    const ownRuns = runs.get(name) ?? [];
    return {
      name,
      eventsPerSecond: Math.round(events / median(ownRuns.map(({ seconds }) => seconds))),
      ofBaseline: median(
        ownRuns.map(({ seconds }, round) => (baseline[round]?.seconds ?? Number.NaN) / seconds),
      ),
      target,
      peakMebibytes: Math.round(Math.max(...ownRuns.map(({ peakMebibytes }) => peakMebibytes))),
    };
  });
}

/** Measures the peak memory of reading archives of different sizes on one thread. */
function measureMemory(sizes: readonly number[]): { events: number; peakMebibytes: number }[] {
  const scripts = compileCandidates('read');
  return sizes.map((events) => {
    process.stderr.write(`memory with ${events} events\n`);
    const { peakMebibytes } = run(join(scripts, 'read-events.js'), benchArchive(events));
    return { events, peakMebibytes: Math.round(peakMebibytes) };
  });
}

export { measureMemory, measureReading, type ReadingResult };
