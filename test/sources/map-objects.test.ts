import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { mapObjects } from '../../consumer/sources/map-objects';

const folder = mkdtempSync(join(tmpdir(), 'ses-events-map-'));
afterAll(() => rmSync(folder, { recursive: true }));

const task = require.resolve('./failing-task');

function write(...names: string[]): string[] {
  return names.map((name) => {
    const path = join(folder, name);
    writeFileSync(path, '{"a":1}\n{"a":2}\n');
    return path;
  });
}

async function read(names: string[], workers: number, onFailure?: (uri: string, error: unknown) => void) {
  const found: [name: string, count: number][] = [];
  const options = { workers, ...(onFailure && { onFailure }) };
  for await (const { uri, result } of mapObjects<number>(names, task, options)) {
    found.push([basename(uri), result]);
  }
  return found;
}

describe('mapObjects', () => {
  it.each([
    [0, ['a', 'throws', 'b']],
    [1, ['exits', 'a', 'throws', 'b', 'c', 'd']],
    [2, ['a', 'throws', 'exits', 'b', 'c', 'd']],
  ])('continues after an object whose task fails, with %i threads', async (workers, names) => {
    const failures: [string, string][] = [];
    const found = await read(write(...names), workers, (uri, error) => {
      failures.push([basename(uri), (error as Error).message]);
    });
    expect(found).toEqual(names.filter((name) => name.length === 1).map((name) => [name, 2]));
    expect(failures).toEqual(
      names
        .filter((name) => name.length > 1)
        .map((name) => [name, name === 'throws' ? 'the task failed' : 'a worker thread ended with code 7']),
    );
  });

  it.each([0, 1])('ends with the failure without onFailure, with %i threads', async (workers) => {
    await expect(read(write('a', 'throws', 'b'), workers)).rejects.toThrow('the task failed');
  });

  it('ends with the error that onFailure throws', async () => {
    const onFailure = () => {
      throw new Error('the disk is full');
    };
    await expect(read(write('throws', 'b'), 1, onFailure)).rejects.toThrow('the disk is full');
  });
});
