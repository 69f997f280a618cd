import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generated as written } from '../../docs/generate';
import { root } from '../package/source-files';
import { additions } from './additions';
import { Checkout } from './checkout';
import { standsFor, whereThingsGo } from './where-things-go';

/** The patterns of the files that are wholly generated, as `.gitattributes` lists them. */
const generated = readFileSync(join(root, '.gitattributes'), 'utf8')
  .split('\n')
  .filter((line) => line.endsWith(' linguist-generated'))
  .map((line) => line.split(' ')[0] ?? '');

/** Whether a file is generated, wholly or, as the module's README, in part. */
const isGenerated = (file: string) =>
  Object.hasOwn(written, file) ||
  generated.some((pattern) => {
    if (pattern.startsWith('**/')) return file.includes(pattern.slice(2, -2));
    return pattern.endsWith('/**') ? file.startsWith(pattern.slice(0, -2)) : file === pattern;
  });

describe('a copy of the repository', () => {
  const checkout = new Checkout();
  const rows = whereThingsGo();

  afterAll(() => checkout.remove());

  it.each(additions)('takes $row where the table "Where things go" says', ({ row, make }) => {
    const { paths = [] } = rows.find(({ added }) => added === row) ?? {};
    const edited = checkout.editedBy(make);
    expect(edited).not.toEqual([]);
    expect(edited.filter((file) => !paths.some((path) => standsFor(path, file)))).toEqual([]);
  });

  it('then needs nothing else by hand but what one command generates', () => {
    const before = new Set(checkout.changedFiles());
    checkout.run('npm', 'run', 'generate');
    const made = checkout.changedFiles().filter((file) => !before.has(file));
    expect(made).not.toEqual([]);
    expect(made.filter((file) => !isGenerated(file))).toEqual([]);
  });

  it.each([['lint'], ['typecheck'], ['test:unit']])('passes npm run %s with all of them', (script) => {
    checkout.run('npm', 'run', script);
  });
});
