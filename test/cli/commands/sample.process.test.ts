import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { startCommand } from '../run-process';
import { ScratchFolder } from '../scratch-folder';

const scratch = new ScratchFolder();
scratch.write('occupied/mine.txt', 'mine');

describe('sample', () => {
  const none = (...parts: string[]) => scratch.at(join('occupied', 'mine.txt', ...parts));
  it.concurrent.each([
    ['where no folder can be created', '/proc/x', 'ENOENT', 2],
    ['below such a place', '/proc/x/y/z', 'ENOENT', 2],
    ['a device', '/dev/full', 'ENOTDIR', 2],
    ['below a device', '/dev/full/x', 'ENOTDIR', 2],
    ['below a file', none('a', 'b'), 'ENOTDIR', 2],
  ])('fails immediately for a folder that cannot be written: %s', async (_, out, error, expected) => {
    const child = startCommand(['sample', '-n', '5', '--output', out]);
    const timer = setTimeout(() => child.kill('SIGKILL'), 20_000); // it could run forever
    const [stderr] = await Promise.all([text(child.stderr), once(child, 'close')]);
    clearTimeout(timer);
    expect(stderr).toBe(`error: cannot write to the folder ${out}: ${error}; use another folder\n`);
    expect(child.exitCode).toBe(expected);
  });
});
