import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { generated as generatedFiles } from '../../docs/generate';
import { root } from '../package/source-files';
import { additions } from './additions';
import { Checkout } from './checkout';
import { matchesFile, whereThingsGo } from './where-things-go';

/** The patterns of fully generated files in `.gitattributes`. */
const generatedPatterns = readFileSync(join(root, '.gitattributes'), 'utf8')
  .split('\n')
  .filter((line) => line.endsWith(' linguist-generated'))
  .map((line) => line.split(' ')[0] ?? '');

/** Checks whether a file is generated, completely or in part. */
const isGenerated = (file: string) =>
  Object.hasOwn(generatedFiles, file) ||
  generatedPatterns.some((pattern) => {
    if (pattern.startsWith('**/')) return file.includes(pattern.slice(2, -2));
    if (pattern.endsWith('/*.tf')) return dirname(file) === dirname(pattern) && file.endsWith('.tf');
    return pattern.endsWith('/**') ? file.startsWith(pattern.slice(0, -2)) : file === pattern;
  });

describe('a copy of the repository', () => {
  const checkout = new Checkout();
  const rows = whereThingsGo();

  afterAll(() => checkout.remove());

  it.each(additions)('accepts $row in the files of "Where things go"', ({ row, make }) => {
    const { paths = [] } = rows.find(({ added }) => added === row) ?? {};
    const edited = checkout.editedBy(make);
    expect(edited).not.toEqual([]);
    expect(edited.filter((file) => !paths.some((path) => matchesFile(path, file)))).toEqual([]);
  });

  it('requires no other manual changes: npm run generate writes the rest', () => {
    const before = new Set(checkout.changedFiles());
    checkout.run('npm', 'run', 'generate');
    const changed = checkout.changedFiles().filter((file) => !before.has(file));
    expect(changed).not.toEqual([]);
    expect(changed.filter((file) => !isGenerated(file))).toEqual([]);
  });

  it.each([['lint'], ['typecheck'], ['test:unit']])('passes npm run %s with all additions', (script) => {
    checkout.run('npm', 'run', script);
  });
});
