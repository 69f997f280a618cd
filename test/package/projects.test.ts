import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { globSync } from 'tinyglobby';
import { findImports } from './imports';
import { root } from './source-files';

/** The helpers that start processes. */
const starts = /(^|\/)(run-process|run-on-terminal)$/;

const tests = globSync('test/**/*.test.ts', { cwd: root });
const isProcessTest = (path: string) => path.endsWith('.process.test.ts');
const separateSuites = /^test\/(additions|terraform|queue|trino|e2e|local-aws|versions)\//;
const isFaultTest = (path: string) => path.startsWith('test/archive/faults/');

const startsCommand = (path: string) =>
  findImports(readFileSync(join(root, path), 'utf8')).some(({ specifier }) => starts.test(specifier));

describe('the Jest projects', () => {
  it('contain tests that start the command, and tests that do not', () => {
    expect(tests.filter(isProcessTest).length).toBeGreaterThan(10);
    expect(
      tests.filter((path) => !isProcessTest(path) && !isFaultTest(path) && !separateSuites.test(path)).length,
    ).toBeGreaterThan(100);
  });

  it('contain tests that start the command only in NAME.process.test.ts', () => {
    const unit = tests.filter(
      (path) => !isProcessTest(path) && !isFaultTest(path) && !separateSuites.test(path),
    );
    expect(unit.filter(startsCommand)).toEqual([]);
  });

  it('contain long tests in NAME.long.test.ts', () => {
    expect(tests.filter((path) => path.endsWith('.long.test.ts')).length).toBeGreaterThan(10);
  });
});
