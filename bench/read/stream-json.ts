import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { KnownEventSchema } from 'ses-event-archive/events';
import { count, files, runCandidate } from './candidate';

// The parser of stream-json for lines of JSON, and the zod union.

async function streamJson(archive: string) {
  const { parser } = await import('stream-json/jsonl/parser.js');
  const kinds: Record<string, number> = {};
  for (const file of files(archive)) {
    const bytes = createReadStream(file);
    const values = parser.asStream({ ignoreErrors: true });
    for await (const { value } of (file.endsWith('.gz') ? bytes.pipe(createGunzip()) : bytes).pipe(values)) {
      const parsed = KnownEventSchema.safeParse(value);
      count(kinds, parsed.success ? parsed.data.eventType : 'not parsed');
    }
  }
  return { kinds };
}

void runCandidate(streamJson);
