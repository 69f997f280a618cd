import { posix } from 'node:path';
import { readSources } from './package/source-files';

/**
 * Tests that stand elsewhere than what they test: beside no file of their path, with or without the aspect that stands
 * behind the name, and no helper of the tests.
 * @param top the folder that the tests mirror: `modules`
 */
function strayTests(files: Iterable<string>, top: string): string[] {
  const all = new Set(files);
  return [...all]
    .filter((file) => file.startsWith(`test/${top}/`) && file.endsWith('.test.ts'))
    .filter((file) => {
      const path = file.slice('test/'.length).replace(/(\.[a-z-]+)?\.test\.ts$/, '.ts');
      return !all.has(path) && !all.has(`test/${path}`);
    });
}

/** Names that several files below a folder have. */
function sharedNames(files: Iterable<string>, top: string): string[] {
  const names = [...files].filter((file) => file.startsWith(`${top}/`)).map((file) => posix.basename(file));
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}

describe('the layout rules', () => {
  it('find tests that stand elsewhere than what they test', () => {
    const files = ['modules/a/b.ts', 'modules/c.ts', 'test/modules/help.ts'];
    const right = ['a/b.test.ts', 'a/b.some-aspect.test.ts', 'c.test.ts', 'help.test.ts'];
    const wrong = ['b.test.ts', 'a/c.test.ts', 'a/help.test.ts', 'd.aspect.test.ts'];
    const tests = [...right, ...wrong].map((name) => `test/modules/${name}`);
    expect(strayTests([...files, ...tests], 'modules')).toEqual(wrong.map((name) => `test/modules/${name}`));
    expect(strayTests([...files, ...tests], 'consumer')).toEqual([]);
  });

  it('find names that several files have', () => {
    const files = ['modules/a/b.ts', 'modules/b.ts', 'modules/b-settings.ts', 'consumer/b-settings.ts'];
    expect(sharedNames(files, 'modules')).toEqual(['b.ts']);
  });
});

describe('this repository', () => {
  const files = [...readSources(['consumer', 'modules', 'test']).keys()];

  it.each(['modules'])('has the tests of %s where their files are', (top) => {
    expect(files.filter((file) => file.startsWith(`test/${top}/`)).length).toBeGreaterThan(20);
    expect(strayTests(files, top)).toEqual([]);
  });

  it('has a name for each file of modules', () => {
    expect(sharedNames(files, 'modules')).toEqual([]);
  });
});
