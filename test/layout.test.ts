import { posix } from 'node:path';
import { readSources } from './package/source-files';

/**
 * Returns tests without a source file or test helper at the same path. The name of a test can have an aspect after the
 * name of the file.
 * @param top the folder that the tests mirror: `modules`
 */
function strayTests(files: Iterable<string>, top: string): string[] {
  const all = new Set(files);
  return [...all]
    .filter((file) => file.startsWith(`test/${top}/`) && /\.test\.tsx?$/.test(file))
    .filter((file) => {
      const path = file.slice('test/'.length).replace(/(\.[a-z-]+)?\.test\.tsx?$/, '.ts');
      return ![path, `${path}x`, `test/${path}`].some((source) => all.has(source));
    });
}

/** Returns names of more than one file below a folder. */
function sharedNames(files: Iterable<string>, top: string): string[] {
  const names = [...files].filter((file) => file.startsWith(`${top}/`)).map((file) => posix.basename(file));
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}

describe('the layout rules', () => {
  it('find tests without a source file at the same path', () => {
    const files = ['modules/a/b.ts', 'modules/c.ts', 'test/modules/help.ts'];
    const right = ['a/b.test.ts', 'a/b.some-aspect.test.ts', 'c.test.ts', 'help.test.ts'];
    const wrong = ['b.test.ts', 'a/c.test.ts', 'a/help.test.ts', 'd.aspect.test.ts'];
    const tests = [...right, ...wrong].map((name) => `test/modules/${name}`);
    expect(strayTests([...files, ...tests], 'modules')).toEqual(wrong.map((name) => `test/modules/${name}`));
    expect(strayTests([...files, ...tests], 'consumer')).toEqual([]);
  });

  it('find names of more than one file', () => {
    const files = ['modules/a/b.ts', 'modules/b.ts', 'modules/b-settings.ts', 'consumer/b-settings.ts'];
    expect(sharedNames(files, 'modules')).toEqual(['b.ts']);
  });
});

describe('this repository', () => {
  const files = [...readSources(['consumer', 'modules', 'test']).keys()];

  it.each(['modules'])('has the tests of %s at the paths of their sources', (top) => {
    expect(files.filter((file) => file.startsWith(`test/${top}/`)).length).toBeGreaterThan(20);
    expect(strayTests(files, top)).toEqual([]);
  });

  it('has a unique name for each file of modules', () => {
    expect(sharedNames(files, 'modules')).toEqual([]);
  });
});
