import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { KnownEventSchema } from 'ses-event-archive/events';
import { count, files, runCandidate } from './candidate';

// A common solution: readline on a gunzip stream, JSON.parse and the zod union.

async function readLines(archive: string) {
  const kinds: Record<string, number> = {};
  for (const file of files(archive)) {
    const bytes = createReadStream(file);
    for await (const line of createInterface({
      input: file.endsWith('.gz') ? bytes.pipe(createGunzip()) : bytes,
    })) {
      try {
        count(kinds, KnownEventSchema.parse(JSON.parse(line)).eventType);
      } catch {
        count(kinds, 'not parsed');
      }
    }
  }
  return { kinds };
}

void runCandidate(readLines);
