import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { Sources } from './imports';

/** The root of the repository. */
const root = join(__dirname, '../..');

/** Checks whether a folder contains only generated, installed or downloaded files. */
const isExcluded = (name: string) => name.startsWith('.') || ['node_modules', 'dist'].includes(name);

function namesUnder(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(folder, entry.name);
    if (entry.isDirectory()) return isExcluded(entry.name) ? [] : namesUnder(path);
    return /\.[cm]?[jt]sx?$/.test(entry.name) ? [path] : [];
  });
}

/** Returns the scripts of the repository below the folders. Folders that do not exist are skipped. */
function readSources(folders: readonly string[]): Sources {
  const present = folders.filter((folder) => readdirSync(root).includes(folder));
  return new Map(present.flatMap(namesUnder).map((path) => [path, readFileSync(join(root, path), 'utf8')]));
}

export { readSources, root };
