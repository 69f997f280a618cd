import { recordCount, skippedCount } from '../../consumer/records/counts';
import type { ReadEvent, Reject } from '../../consumer/records/outcome';
import { type ReadOptions, readEvents } from '../../consumer/sources/event-reader';
import type { Readable } from '../../consumer/sources/open-source';

/** A record of event publishing with this message id. */
function sendRecord(id: string): string {
  return `{"eventType":"Send","mail":{"timestamp":"2026-03-04T05:06:07.890Z","messageId":"${id}"},"send":{}}`;
}

/** Reads a source to its end, and checks that all bytes are counted. */
async function readAll(source: Readable, options: ReadOptions = {}) {
  const events: ReadEvent[] = [];
  const rejects: Reject[] = [];
  let skipped = 0;
  const reader = readEvents(source, {
    ...options,
    onReject: (reject) => {
      rejects.push(reject);
    },
    onSkip: () => {
      skipped++;
    },
  });
  for await (const read of reader) events.push(read);
  const { counts, skippedObjects } = reader;
  expect(counts.events).toBe(events.length);
  expect(counts.rejects).toBe(rejects.length);
  expect(skippedCount(counts)).toBe(skipped);
  expect(recordCount(counts)).toBe(events.length + rejects.length + skipped + counts.unexamined);
  const ids = events.map(({ event }) => (event.eventType === 'Unknown' ? '' : event.mail.messageId));
  return { events, ids, rejects, counts, skippedObjects };
}

export { readAll, sendRecord };
