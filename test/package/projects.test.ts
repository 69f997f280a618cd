import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { globSync } from 'tinyglobby';
import { findImports } from './imports';
import { root } from './source-files';

/** What starts the command as a process, and what starts any. */
const starts = /(^|\/)(run-process|run-on-terminal)$/;

// The configuration is JavaScript, without types.
const {
  projects,
}: { projects: { displayName: string; testRegex?: string }[] } = require('../../jest.config.js');

/** The names of the tests that take long. */
const longNames = /\((.*)\)/
  .exec(projects.find(({ displayName }) => displayName === 'long')?.testRegex ?? '')?.[1]
  ?.split('|');

const tests = globSync('test/**/*.test.ts', { cwd: root });
const isOfProcesses = (path: string) => path.endsWith('.process.test.ts');
const apart = /^test\/(terraform|queue|trino|e2e)\//;
const isOfFaults = (path: string) => path.startsWith('test/archive/faults/');

const startsCommand = (path: string) =>
  findImports(readFileSync(join(root, path), 'utf8')).some(({ specifier }) => starts.test(specifier));

describe('the projects of the tests', () => {
  it('have tests that start the command, and tests that do not', () => {
    expect(tests.filter(isOfProcesses).length).toBeGreaterThan(10);
    expect(
      tests.filter((path) => !isOfProcesses(path) && !isOfFaults(path) && !apart.test(path)).length,
    ).toBeGreaterThan(100);
  });

  it('keep tests that start the command in files of their own: NAME.process.test.ts', () => {
    const unit = tests.filter((path) => !isOfProcesses(path) && !isOfFaults(path) && !apart.test(path));
    expect(unit.filter(startsCommand)).toEqual([]);
  });

  it('list no test that takes long by a name that no file has, or several', () => {
    expect(longNames?.length).toBeGreaterThan(10);
    const filesOf = (name: string) =>
      tests.filter((path) => path.endsWith(`/${name}.test.ts`) && !apart.test(path));
    expect(longNames?.filter((name) => filesOf(name).length !== 1)).toEqual([]);
  });
});
