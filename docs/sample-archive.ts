import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { sampleObjects } from '../consumer/sample';

/** Path of the bundled sample below the repository's root. */
const sampleFolder = 'examples/sample-archive';

/** Options of the bundled sample. */
const sampleOptions = { events: 2000, seed: 1 } as const;

/** Decompresses a file, because gzip output differs between versions of zlib. */
function plain(bytes: Uint8Array): Buffer {
  const [first, second] = bytes;
  return first === 0x1f && second === 0x8b ? gunzipSync(bytes) : Buffer.from(bytes);
}

function isSame(path: string, bytes: Uint8Array): boolean {
  try {
    return plain(readFileSync(path)).equals(plain(bytes));
  } catch {
    return false; // missing, or damaged
  }
}

/** Returns the files below a folder, as paths relative to it. */
function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}

/** Writes the bundled sample below `root` if it is outdated; returns whether it was. */
function writeSampleArchive(root: string): boolean {
  const folder = join(root, sampleFolder);
  const objects = [...sampleObjects(sampleOptions)];
  const keys = new Set(objects.map(({ key }) => key));
  const isCurrent =
    objects.every(({ key, bytes }) => isSame(join(folder, key), bytes)) &&
    filesIn(folder).every((key) => keys.has(key));
  if (isCurrent) return false;
  rmSync(folder, { recursive: true, force: true });
  for (const { key, bytes } of objects) {
    mkdirSync(dirname(join(folder, key)), { recursive: true });
    writeFileSync(join(folder, key), bytes);
  }
  return true;
}

export { sampleFolder, writeSampleArchive };
