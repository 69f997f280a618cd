import { join } from 'node:path';
import { benchArchive } from './archive';
import { compileContenders, median, type Run, run } from './run';

interface ContenderSpec {
  name: string;
  script: string;
  args?: string[];
  /** What it is to reach, as a multiple of the floor's speed. */
  target?: number;
}

const floorName = 'floor: gunzip + split + JSON.parse';

const contenders: readonly ContenderSpec[] = [
  { name: floorName, script: 'floor' },
  { name: 'readEvents, one thread', script: 'read-events', target: 0.8 },
  { name: 'mapObjects, two workers', script: 'workers', target: 1.6 },
  { name: 'readEvents, kind Bounce, one thread', script: 'read-bounces', target: 3 },
  { name: 'mapObjects, kind Bounce, two workers', script: 'workers', args: ['--bounces'] },
  { name: 'readline + JSON.parse + zod union', script: 'readline' },
  { name: 'stream-json (jsonl) + zod union', script: 'stream-json' },
  { name: 'Powertools parser, Firehose route', script: 'powertools' },
];

/** A line of the result. */
interface ReadingResult {
  name: string;
  eventsPerSecond: number;
  /** Median over the rounds of its speed over the floor's in the same round. */
  ofFloor: number;
  target?: number | undefined;
  peakMebibytes: number;
}

/** Every contender in its own process, in turn, round after round. */
function measureReading(events: number, rounds: number, only?: string): ReadingResult[] {
  const archive = benchArchive(events);
  const scripts = compileContenders('read');
  const chosen = contenders.filter(
    ({ name }) => name === floorName || only === undefined || name.includes(only),
  );
  const runs = new Map<string, Run[]>(chosen.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const { name, script, args = [] } of chosen) {
      process.stderr.write(`round ${round + 1} of ${rounds}: ${name}\n`);
      runs.get(name)?.push(run(join(scripts, `${script}.js`), archive, ...args));
    }
  }
  const floor = runs.get(floorName) ?? [];
  return chosen.map(({ name, target }) => {
    const own = runs.get(name) ?? [];
    return {
      name,
      eventsPerSecond: Math.round(events / median(own.map(({ seconds }) => seconds))),
      ofFloor: median(own.map(({ seconds }, round) => (floor[round]?.seconds ?? Number.NaN) / seconds)),
      target,
      peakMebibytes: Math.round(Math.max(...own.map(({ peakMebibytes }) => peakMebibytes))),
    };
  });
}

/** Peak memory of reading archives of different sizes on one thread. */
function measureMemory(sizes: readonly number[]): { events: number; peakMebibytes: number }[] {
  const scripts = compileContenders('read');
  return sizes.map((events) => {
    process.stderr.write(`memory with ${events} events\n`);
    const { peakMebibytes } = run(join(scripts, 'read-events.js'), benchArchive(events));
    return { events, peakMebibytes: Math.round(peakMebibytes) };
  });
}

export { measureMemory, measureReading, type ReadingResult };
