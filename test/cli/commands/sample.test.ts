import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../run-command';
import { eventLines, runRead } from '../run-read';
import { ScratchFolder } from '../scratch-folder';

const scratch = new ScratchFolder();
const occupied = scratch.write('occupied/mine.txt', 'mine');

/** Every file below a folder with its bytes. */
function filesBelow(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  const files = names.filter((name) => statSync(join(folder, name)).isFile());
  return Object.fromEntries(files.map((name) => [name, readFileSync(join(folder, name), 'base64')]));
}

/** Writes a sample of 400 events and gives its files. */
async function sample(name: string, seed: number) {
  const out = scratch.at(name);
  const result = await run(['sample', '--events', '400', '--seed', String(seed), '--out', out]);
  expect(result).toMatchObject({ code: 0, stdout: '' });
  const files = filesBelow(out);
  const summary = new RegExp(
    `^400 events in ${Object.keys(files).length} objects, [\\d.]+ KiB, in ${out}\n$`,
  );
  expect(result.stderr).toMatch(summary);
  return { out, files };
}

describe('sample', () => {
  it.concurrent('writes the same bytes for the same seed, and they read back whole', async () => {
    const [one, same, other] = await Promise.all([sample('one', 7), sample('same', 7), sample('other', 8)]);
    expect(one.files).toEqual(same.files);
    expect(Object.keys(one.files)).not.toEqual(Object.keys(other.files));
    const read = await runRead([one.out]);
    expect(new Set(eventLines(read).map(({ id }) => id)).size).toBeGreaterThanOrEqual(400);
    expect(read.counts.rejected).toBeGreaterThan(0);
    expect(read.counts.objects).toBe(Object.keys(one.files).length);
    expect(read.code).toBe(3);
  });

  it.concurrent('writes into a directory that is not empty only when forced to', async () => {
    const out = scratch.at('occupied');
    const refused = await run(['sample', '-n', '5', '--out', out]);
    expect(refused.stderr).toBe(
      `error: ${out} is not empty: name another directory, or add --force to write into it\n`,
    );
    expect(refused.code).toBe(2);
    expect(Object.keys(filesBelow(out))).toEqual(['mine.txt']);
    const forced = await run(['sample', '-n', '5', '--out', out, '--force']);
    expect(forced.code).toBe(0);
    expect(Object.keys(filesBelow(out)).length).toBeGreaterThan(1);
    expect(readFileSync(occupied, 'utf8')).toBe('mine');
  });

  it.concurrent('does not write into a file', async () => {
    const { code, stderr } = await run(['sample', '-n', '5', '--out', occupied]);
    expect(stderr).toBe(`error: cannot write into ${occupied}: ENOTDIR; name a directory\n`);
    expect(code).toBe(2);
    expect(readFileSync(occupied, 'utf8')).toBe('mine');
  });

  it.concurrent('makes the folders above that are missing', async () => {
    const out = scratch.at('a/b/c');
    const { code } = await run(['sample', '-n', '5', '--out', out]);
    expect(code).toBe(0);
    expect(Object.keys(filesBelow(out)).length).toBeGreaterThan(0);
  });

  it.concurrent('says where and what to do when a file is in the way of an object', async () => {
    const out = scratch.at('in-the-way');
    await run(['sample', '-n', '5', '--out', out]);
    const [first = ''] = readdirSync(out);
    rmSync(join(out, first), { recursive: true });
    writeFileSync(join(out, first), 'mine');
    const { code, stderr } = await run(['sample', '-n', '5', '--out', out, '--force']);
    expect(stderr).toMatch(
      new RegExp(
        `^error: cannot write ${join(out, first)}/\\S+: (ENOTDIR|EEXIST); make room or name another directory\n$`,
      ),
    );
    expect(code).toBe(1);
    expect(readFileSync(join(out, first), 'utf8')).toBe('mine');
  });
});
