import { existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { PendingLines } from '../../../consumer/archive/ordered/pending-lines';
import { SpillFile } from '../../../consumer/archive/ordered/spill-file';

const folder = join(mkdtempSync(join(tmpdir(), 'pending-')), 'spilled');

/** Numbers from 0 in any order: their order by random weights. */
const order = fc
  .array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 300 })
  .map((weights) => [...weights.keys()].sort((one, other) => (weights[one] ?? 0) - (weights[other] ?? 0)));

const lineOf = (position: number) => 'x'.repeat(position % 7) + position;

const textOf = (line: Uint8Array) => Buffer.from(line).toString();

/** Adds lines in an order, and returns the returned lines. */
function ordered(positions: readonly number[], { held, every }: { held: number; every: number }): string[] {
  const file = new SpillFile(folder);
  const pending = new PendingLines(file, held);
  const found: string[] = [];
  for (const [index, position] of positions.entries()) {
    pending.add(position, Buffer.from(lineOf(position)));
    if (index % every !== 0) continue;
    for (const lines of pending.take()) found.push(...lines.map(textOf));
  }
  for (const lines of pending.take()) found.push(...lines.map(textOf));
  expect(pending.returned).toBe(positions.length);
  file.close();
  return found;
}

describe('pending lines', () => {
  it.each([0, 100, 1_000_000])('are returned in their order, with %i bytes in memory', (held) => {
    fc.assert(
      fc.property(order, fc.integer({ min: 1, max: 40 }), (positions, every) => {
        expect(ordered(positions, { held, every })).toEqual(positions.map((_, index) => lineOf(index)));
      }),
    );
  });

  it('of more than one group are returned in their order', () => {
    const positions = Array.from({ length: 10_007 }, (_, index) => (index * 7_919) % 10_007);
    expect(ordered(positions, { held: 1_000, every: 1_000 })).toEqual(
      positions.map((_, index) => lineOf(index)),
    );
  });

  it('wait for an earlier line', () => {
    const pending = new PendingLines(new SpillFile(folder));
    pending.add(1, Buffer.from('one'));
    expect([...pending.take()]).toEqual([]);
    pending.add(0, Buffer.from('zero'));
    expect([...pending.take()].flat().map(textOf)).toEqual(['zero', 'one']);
  });

  it('leave no file behind', () => {
    ordered([2, 1, 0], { held: 0, every: 1 });
    expect(existsSync(folder) ? readdirSync(folder) : []).toEqual([]);
  });
});

describe('a spill file', () => {
  it('reports a folder that it cannot write, and what to do', () => {
    const file = new SpillFile('/dev/null/folder');
    expect(() => file.add(Buffer.from('x'))).toThrow(
      'cannot write temporary data in /dev/null/folder: ENOTDIR; free disk space',
    );
  });
});
