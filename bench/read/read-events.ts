import { readEvents } from 'ses-event-archive';
import { count, runCandidate } from './candidate';

// readEvents on one thread.

async function readAll(archive: string) {
  const kinds: Record<string, number> = {};
  for await (const { event } of readEvents(archive)) count(kinds, event.eventType);
  return { kinds };
}

void runCandidate(readAll);
