import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { withWritableArchive } from '../consumer/archive/file/writable-archive';
import { addressHash, pseudonymOf, readSalt } from '../consumer/archive/store/tombstones';
import { benchArchive, dataFolder } from './archive';
import { compileCandidates, median } from './run';
import { medians, type Used, use } from './writing';

const command = join(__dirname, '..', 'bin', 'ses-events.js');
const archive = join(dataFolder, 'tombstones.duckdb');

/** The medians of an ingest into an archive with erased people. */
interface TombstonesResult extends Used {
  people: number;
  events: number;
  /** Median over the rounds of the ratio of seconds to those of the same ingest without erased people. */
  ofNone: number;
  /** Maximum of `ofNone`. */
  target: number | undefined;
}

const cases: readonly { people: number; target?: number }[] = [
  { people: 0 },
  { people: 1, target: 1.25 },
  { people: 10_000, target: 1.5 },
];

/** Creates an archive with erased people. The objects contain none of them. */
async function createArchive(people: number): Promise<void> {
  removeArchive();
  await withWritableArchive({ archive }, async (database) => {
    const salt = await readSalt(database);
    const rows = Array.from({ length: people }, (_, person) => {
      const hash = addressHash(salt, `nobody${person}@erased.example`);
      return `('${hash}', '${pseudonymOf(hash)}', now()::TIMESTAMP, false)`;
    });
    if (rows.length > 0) await database.run(`INSERT INTO tombstones VALUES ${rows.join(', ')}`);
  });
}

function removeArchive(): void {
  for (const path of [archive, `${archive}.wal`]) rmSync(path, { force: true });
}

/** Measures an ingest of the same objects for each number of erased people, alternating. */
async function measureTombstones(events: number, rounds: number): Promise<TombstonesResult[]> {
  const preload = join(compileCandidates('write'), 'used.js');
  const objects = join(benchArchive(events), 'events');
  const runs = cases.map((): Used[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, { people }] of cases.entries()) {
      process.stderr.write(`round ${round + 1} of ${rounds}: ingest, ${people} erased people\n`);
      await createArchive(people);
      runs[index]?.push(use(preload, command, 'ingest', objects, '--archive', archive, '--allow-rejects'));
    }
  }
  removeArchive();
  const [none = []] = runs;
  return cases.map(({ people, target }, index) => {
    const own = runs[index] ?? [];
    const ofNone = median(own.map(({ seconds }, round) => seconds / (none[round]?.seconds ?? Number.NaN)));
    return { people, events, target, ofNone, ...medians(own) };
  });
}

/** Formats the results, a line each. */
function tombstonesText(results: readonly TombstonesResult[]): string {
  return results
    .map(({ people, events, seconds, processorSeconds, ofNone, target }) => {
      const verdict =
        target === undefined ? '' : `, target ${target.toFixed(2)} ${ofNone <= target ? 'met' : 'missed'}`;
      return (
        `ingest of ${events.toLocaleString('en-US')} events with ${people.toLocaleString('en-US')} erased people: ` +
        `${seconds.toFixed(2)} s, processor ${processorSeconds.toFixed(2)} s, ratio ${ofNone.toFixed(2)}${verdict}\n`
      );
    })
    .join('');
}

export { measureTombstones, tombstonesText };
