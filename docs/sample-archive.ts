import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { sampleObjects } from '../consumer/sample';

/** Where the bundled sample is, below the repository's root. */
const sampleFolder = 'examples/sample-archive';

/** What the bundled sample is made of. */
const sampleOptions = { events: 2000, seed: 1 } as const;

/** The bytes under any compression: those of gzip differ between versions of zlib. */
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

/** The files below a folder, as paths from it. */
function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}

/** Writes the bundled sample below `root` where it is not as it is made now; gives whether it was not. */
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
