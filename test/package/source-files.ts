import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { Sources } from './imports';

/** The repository's root. */
const root = join(__dirname, '../..');

/** Whether a folder holds nothing of ours: generated, installed, downloaded. */
const isForeign = (name: string) => name.startsWith('.') || ['node_modules', 'dist'].includes(name);

function namesUnder(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(folder, entry.name);
    if (entry.isDirectory()) return isForeign(entry.name) ? [] : namesUnder(path);
    return /\.[cm]?[jt]s$/.test(entry.name) ? [path] : [];
  });
}

/** Every script of the repository under these folders; one that does not exist has none. */
function readSources(folders: readonly string[]): Sources {
  const present = folders.filter((folder) => readdirSync(root).includes(folder));
  return new Map(present.flatMap(namesUnder).map((path) => [path, readFileSync(join(root, path), 'utf8')]));
}

export { readSources, root };
