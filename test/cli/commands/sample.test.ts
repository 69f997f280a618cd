import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sampleObjects } from '../../../consumer/sample';
import { sumOf } from '../../sample/read-sample';
import { run } from '../run-command';
import { eventLines, runRead } from '../run-read';
import { ScratchFolder } from '../scratch-folder';

const scratch = new ScratchFolder();
const occupied = scratch.write('occupied/mine.txt', 'mine');

/** Returns every file below a folder, with its bytes. */
function filesBelow(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  const files = names.filter((name) => statSync(join(folder, name)).isFile());
  return Object.fromEntries(files.map((name) => [name, readFileSync(join(folder, name), 'base64')]));
}

/** Returns the report of the records in addition to the events, in a sample of 400. */
function additions(seed: number): string {
  const duplicates = sumOf('duplicates', sampleObjects({ events: 400, seed }));
  return (
    'also: 3 other events (an unknown kind, a legacy notification and a Pinpoint open), ' +
    `${duplicates === 1 ? '1 duplicate' : `${duplicates} duplicates`}, 4 broken records, 2 records without an email event`
  );
}

/** Writes a sample of 400 events, and returns its files. */
async function sample(name: string, seed: number) {
  const out = scratch.at(name);
  const result = await run(['sample', '--events', '400', '--seed', String(seed), '--output', out]);
  expect(result).toMatchObject({ code: 0, stdout: '' });
  const files = filesBelow(out);
  const [summary, also, end] = result.stderr.split('\n');
  expect(summary).toMatch(
    new RegExp(`^400 events in ${Object.keys(files).length} objects, [\\d.]+ KiB, in ${out}$`),
  );
  expect([also, end]).toEqual([additions(seed), '']);
  return { out, files };
}

describe('sample', () => {
  it.concurrent('writes the same bytes for the same seed, and all events can be read', async () => {
    const [one, same, other] = await Promise.all([sample('one', 7), sample('same', 7), sample('other', 8)]);
    expect(one.files).toEqual(same.files);
    expect(Object.keys(one.files)).not.toEqual(Object.keys(other.files));
    const read = await runRead([one.out]);
    expect(new Set(eventLines(read).map(({ id }) => id)).size).toBeGreaterThanOrEqual(400);
    expect(read.counts.rejected).toBeGreaterThan(0);
    expect(read.counts.objects).toBe(Object.keys(one.files).length);
    expect(read.code).toBe(3);
  });

  it.concurrent('reports no other records when there are none', async () => {
    const { stderr } = await run(['sample', '-n', '5', '--output', scratch.at('five')]);
    expect(stderr).toMatch(/^5 events in \d objects, .*\n$/);
  });

  it.concurrent('spreads the messages over --days', async () => {
    const days = async (name: string, ...args: string[]) => {
      const result = await run(['sample', '-n', '400', ...args, '--output', scratch.at(name)]);
      expect(result.code).toBe(0);
      return readdirSync(scratch.at(`${name}/events`)).slice(0, 12);
    };
    expect(await days('two-weeks', '--days', '12')).toEqual(
      Array.from({ length: 12 }, (_, day) => `dt=2026-08-${String(4 + day).padStart(2, '0')}`),
    );
    const usual = await days('usual');
    expect(usual.slice(0, 3)).toEqual(['dt=2026-08-04', 'dt=2026-08-05', 'dt=2026-08-06']);
    expect(usual.length).toBeLessThan(8);
    expect(await days('three', '--days', '3')).toEqual(usual);
  });

  it.concurrent('writes into a folder that is not empty only with --overwrite', async () => {
    const out = scratch.at('occupied');
    const refused = await run(['sample', '-n', '5', '--output', out]);
    expect(refused.stderr).toBe(
      `error: ${out} is not empty: use another folder, or add --overwrite to write into it\n`,
    );
    expect(refused.code).toBe(2);
    expect(Object.keys(filesBelow(out))).toEqual(['mine.txt']);
    const overwritten = await run(['sample', '-n', '5', '--output', out, '--overwrite']);
    expect(overwritten.code).toBe(0);
    expect(Object.keys(filesBelow(out)).length).toBeGreaterThan(1);
    expect(readFileSync(occupied, 'utf8')).toBe('mine');
  });

  it.concurrent('does not write into a file', async () => {
    const { code, stderr } = await run(['sample', '-n', '5', '--output', occupied]);
    expect(stderr).toBe(`error: cannot write to the folder ${occupied}: ENOTDIR; use another folder\n`);
    expect(code).toBe(2);
    expect(readFileSync(occupied, 'utf8')).toBe('mine');
  });

  it.concurrent('creates missing parent folders', async () => {
    const out = scratch.at('a/b/c');
    const { code } = await run(['sample', '-n', '5', '--output', out]);
    expect(code).toBe(0);
    expect(Object.keys(filesBelow(out)).length).toBeGreaterThan(0);
  });

  it.concurrent('reports the path and the fix if a file has the path of a folder', async () => {
    const out = scratch.at('in-the-way');
    await run(['sample', '-n', '5', '--output', out]);
    const [first = ''] = readdirSync(out);
    rmSync(join(out, first), { recursive: true });
    writeFileSync(join(out, first), 'mine');
    const { code, stderr } = await run(['sample', '-n', '5', '--output', out, '--overwrite']);
    expect(stderr).toMatch(
      new RegExp(
        `^error: cannot write ${join(out, first)}/\\S+: (ENOTDIR|EEXIST); free disk space, or use another folder\n$`,
      ),
    );
    expect(code).toBe(1);
    expect(readFileSync(join(out, first), 'utf8')).toBe('mine');
  });
});
