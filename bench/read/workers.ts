import { join } from 'node:path';
import { mapObjects, openSource, type RecordFilter } from 'ses-event-archive';
import { runCandidate } from './candidate';

// mapObjects with two worker threads, for all kinds, or with --bounces for one kind.

const filter: RecordFilter = process.argv.includes('--bounces') ? { kinds: ['Bounce'] } : {};

async function inWorkers(archive: string) {
  const kinds: Record<string, number> = {};
  const task = join(__dirname, 'kind-count.js');
  const objects = mapObjects<Record<string, number>>(await openSource(archive), task, { workers: 2, filter });
  for await (const { result } of objects) {
    for (const [kind, number] of Object.entries(result)) kinds[kind] = (kinds[kind] ?? 0) + number;
  }
  return { kinds };
}

void runCandidate(inWorkers);
