import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { globSync } from 'tinyglobby';
import { findImports } from './imports';
import { root } from './source-files';

/** What starts the command as a process, and what starts any. */
const starts = /(^|\/)(run-process|run-on-terminal)$/;

const tests = globSync('test/**/*.test.ts', { cwd: root });
const isOfProcesses = (path: string) => path.endsWith('.process.test.ts');
const apart = /^test\/(additions|terraform|queue|trino|e2e)\//;
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

  it('have tests that take long, in files of their own: NAME.long.test.ts', () => {
    expect(tests.filter((path) => path.endsWith('.long.test.ts')).length).toBeGreaterThan(10);
  });
});
