import { readEvents } from 'ses-event-archive';
import { count, runCandidate } from './candidate';

// readEvents on one thread, event by event, or with --batches in batches.

async function readAll(archive: string) {
  const kinds: Record<string, number> = {};
  if (process.argv.includes('--batches')) {
    for await (const batch of readEvents(archive).batches()) {
      for (const { event } of batch) count(kinds, event.eventType);
    }
  } else {
    for await (const { event } of readEvents(archive)) count(kinds, event.eventType);
  }
  return { kinds };
}

void runCandidate(readAll);
