import { join } from 'node:path';
import { shownPath } from '../../../consumer/cli/output/shown-path';

const here = process.cwd();

describe('the shown path', () => {
  it.each([
    ['of a file in the working directory', join(here, 'a.gz'), 'a.gz'],
    ['of a file below it', join(here, 'delivered/2026/a.gz'), 'delivered/2026/a.gz'],
    ['of a file whose name begins with dots', join(here, '..a'), '..a'],
  ])('%s is relative', (_, path, shown) => {
    expect(shownPath(path)).toBe(shown);
  });

  it.each([
    ['of the working directory', here],
    ['of its parent folder', join(here, '..')],
    ['of a file beside it', `${here}-2/a.gz`],
    ['of a file elsewhere', '/elsewhere/a.gz'],
    ['of an object in S3', 's3://bucket/events/a.gz'],
    ['of standard input', '-'],
    ['of a relative name', 'delivered/a.gz'],
  ])('%s is unchanged', (_, path) => {
    expect(shownPath(path)).toBe(path);
  });
});
