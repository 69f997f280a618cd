import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { matchesFile, pathsIn, whereThingsGo } from './additions/where-things-go';
import { root } from './package/source-files';

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
}).split('\n');

const exists = (path: string) => files.some((file) => matchesFile(path, file));

describe('the section "Where things go" of CONTRIBUTING.md', () => {
  const rows = whereThingsGo();

  it('has a heading for each type of addition', () => {
    expect(rows.map(({ added }) => added)).toEqual([
      'a field of an event',
      'a kind of event',
      'a question',
      'a parameter of questions',
      'a setting',
      'a deployed resource',
      'a command',
      'an output format',
      'an envelope',
      'a source of objects',
      'a check of doctor',
      'a page or an asset',
    ]);
  });

  it.each(rows)('contains only existing files for $added', ({ paths }) => {
    expect(paths.length).toBeGreaterThan(2);
    expect(paths.filter((path) => !exists(path))).toEqual([]);
  });
});

describe('docs/architecture.md', () => {
  const paths = pathsIn(readFileSync(join(root, 'docs', 'architecture.md'), 'utf8'));
  /** Paths from the root. A file in the same folder as the previous file has only a name. */
  const fullPaths = paths.filter((path) => path.includes('/'));

  it('contains only existing files and folders', () => {
    expect(fullPaths.length).toBeGreaterThan(40);
    expect(fullPaths.filter((path) => !exists(path))).toEqual([]);
    const names = new Set(files.map((file) => file.slice(file.lastIndexOf('/') + 1)));
    expect(paths.filter((path) => !path.includes('/') && !names.has(path))).toEqual([]);
  });

  it.each(['consumer', 'modules', 'consumer/archive'])('contains every folder of %s', (top) => {
    const folders = new Set(
      files
        .filter((file) => file.startsWith(`${top}/`) && file.slice(top.length + 1).includes('/'))
        .map((file) => `${top}/${file.slice(top.length + 1).split('/')[0]}/`),
    );
    expect([...folders].filter((folder) => !fullPaths.some((path) => path.startsWith(folder)))).toEqual([]);
  });
});
