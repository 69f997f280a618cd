import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../package/source-files';

/** Paths in code: of a folder, which end in a slash, or of a file, which has an extension. */
const pathPattern = /`((?:[\w.<>-]+\/)*[\w.<>-]+(?:\/|\.\w+))`/g;

/** A row of the table "Where things go" in CONTRIBUTING.md. */
interface Row {
  /** What is added: `a field`. */
  added: string;
  /** The paths that it names, in which `<word>` stands for a name: `consumer/events/<kind>.ts`. */
  paths: readonly string[];
}

function pathsIn(text: string): string[] {
  return [...text.matchAll(pathPattern)].map(([, path = '']) => path);
}

/** The table of CONTRIBUTING.md. */
function whereThingsGo(): Row[] {
  const text = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8');
  const section = /\n## Where things go\n(.*?)(?=\n## )/s.exec(text)?.[1] ?? '';
  return section
    .split('\n')
    .filter((line) => /^\| (an? |the )/.test(line))
    .map((line) => ({ added: line.split('|')[1]?.trim() ?? '', paths: pathsIn(line) }));
}

/** Whether a path of a document stands for a file: the file itself, its folder, or a name for each `<word>`. */
function standsFor(path: string, file: string): boolean {
  const pattern = path.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(/<[\w-]+>/g, '[^/]+');
  return new RegExp(`^${pattern}${path.endsWith('/') ? '' : '$'}`).test(file);
}

export { pathsIn, standsFor, whereThingsGo };
