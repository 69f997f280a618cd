import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { mapObjects } from '../../consumer/sources/map-objects';
import { fixtures } from '../fixtures/load';

const folder = mkdtempSync(join(tmpdir(), 'ses-events-map-memory-'));
afterAll(() => rmSync(folder, { recursive: true }));

const task = require.resolve('./keeping-task');

/** Lines of several kinds, each with its number, which fill several pieces of a worker's memory. */
const lines = Array.from({ length: 4000 }, (_, number) => {
  const [, value] = fixtures(number % 10 === 0 ? 'bounce' : 'send')[0] ?? [];
  return JSON.stringify({ ...value, number });
});

describe('mapObjects in a worker, with a task that keeps events', () => {
  it.each([
    ['of one kind', { kinds: ['Bounce'] as const }, lines.filter((_, number) => number % 10 === 0)],
    ['of all kinds', {}, lines],
  ])('does not change the bytes of kept events %s', async (_name, filter, expected) => {
    const paths = ['one', 'two'].map((name) => join(folder, `${name}.gz`));
    for (const path of paths) writeFileSync(path, gzipSync(lines.join('\n')));
    const found: string[][] = [];
    for await (const { result } of mapObjects<string[]>(paths, task, { workers: 1, filter }))
      found.push(result);
    expect(found).toEqual([expected, expected]);
  });
});
