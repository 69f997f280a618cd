import { readEvents } from 'ses-event-archive';
import { count, runCandidate } from './candidate';

// readEvents on one thread, for one kind only.

async function readBounces(archive: string) {
  const kinds: Record<string, number> = {};
  for await (const { event } of readEvents(archive, { kinds: ['Bounce'] })) count(kinds, event.eventType);
  return { kinds };
}

void runCandidate(readBounces);
