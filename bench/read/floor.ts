import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { count, files, runContender } from './contender';

// The floor for any JavaScript reader: gunzip, split on newline, JSON.parse, nothing else. No validation,
// no provenance, no accounting; a line that does not parse is dropped.

async function floor(archive: string) {
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

void runContender(floor);
