import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../package/source-files';

/** Paths in code: a folder ends with a slash, a file has an extension. */
const pathPattern = /`((?:[\w.<>-]+\/)*[\w.<>-]+(?:\/|\.\w+))`/g;

/** A heading below "Where things go" in CONTRIBUTING.md, with the lists below it. */
interface Row {
  /** The addition: `a field`. */
  added: string;
  /** The paths in the lists. `<word>` is a placeholder for a name: `consumer/events/<kind>.ts`. */
  paths: readonly string[];
}

function pathsIn(text: string): string[] {
  return [...text.matchAll(pathPattern)].map(([, path = '']) => path);
}

/** Returns the additions in CONTRIBUTING.md. Each has the lists "Write", "Tests" and "Pages". */
function whereThingsGo(): Row[] {
  const text = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8');
  const section = /\n## Where things go\n(.*?)(?=\n## )/s.exec(text)?.[1] ?? '';
  return section
    .split('\n### ')
    .filter((part) => /^An? /.test(part))
    .map((part) => ({ added: `a${part.slice(1, part.indexOf('\n'))}`, paths: pathsIn(part) }));
}

/** Checks whether a path in a document matches a file: the file, its folder, or a pattern with `<word>`. */
function matchesFile(path: string, file: string): boolean {
  const pattern = path.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(/<[\w-]+>/g, '[^/]+');
  return new RegExp(`^${pattern}${path.endsWith('/') ? '' : '$'}`).test(file);
}

export { matchesFile, pathsIn, whereThingsGo };
