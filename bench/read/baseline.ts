import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { count, files, runCandidate } from './candidate';

// A minimal reader in JavaScript: gunzip, split on newline, JSON.parse. Without validation, provenance or
// counts of bytes. Lines that do not parse are only counted.

async function baseline(archive: string) {
  const kinds: Record<string, number> = {};
  const lines = (bytes: Buffer, end: number) => {
    let start = 0;
    for (let at = bytes.indexOf(10); at !== -1 && at < end; at = bytes.indexOf(10, start)) {
      try {
        count(kinds, JSON.parse(bytes.toString('utf8', start, at)).eventType);
      } catch {
        count(kinds, 'not parsed');
      }
      start = at + 1;
    }
    return start;
  };
  for (const file of files(archive)) {
    const bytes = createReadStream(file, { highWaterMark: 256 * 1024 });
    let rest: Buffer = Buffer.alloc(0);
    for await (const chunk of file.endsWith('.gz')
      ? bytes.pipe(createGunzip({ chunkSize: 1024 * 1024 }))
      : bytes) {
      const window = rest.length > 0 ? Buffer.concat([rest, chunk]) : (chunk as Buffer);
      rest = window.subarray(lines(window, window.length));
    }
  }
  return { kinds };
}

void runCandidate(baseline);
