import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sampleObjects } from '../consumer/sample';

/** On more days, objects would be smaller than those of a busy stream. */
const eventsPerDay = 76_000;

const dataFolder = join(__dirname, '.data');

/** Returns the folder of the benchmark's objects with a number of events. Creates it if it does not exist. */
function benchArchive(events: number, seed = 1): string {
  const archive = join(dataFolder, `archive-${events}-${seed}`);
  if (existsSync(archive)) return archive;
  const unfinished = `${archive}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  const days = Math.ceil(events / eventsPerDay);
  for (const { key, bytes } of sampleObjects({ events, seed, days })) {
    const path = join(unfinished, key);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
  }
  renameSync(unfinished, archive);
  return archive;
}

export { benchArchive, dataFolder };
