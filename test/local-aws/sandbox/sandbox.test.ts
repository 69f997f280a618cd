import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../../consumer/cli/process/package-root';
import { isRunning, until } from './processes';

/** An owner of a sandbox, with the folder and processes of the sandbox. */
interface Owned {
  owner: ChildProcess;
  folder: string;
  pids: number[];
}

/** @param words the command that runs the owner */
async function startOwner(): Promise<Owned> {
  const tsx = join(packageRoot(), 'node_modules', 'tsx', 'dist', 'loader.mjs');
  const owner = spawn(process.execPath, ['--import', tsx, join(__dirname, 'owner.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [line] = await once(owner.stdout, 'data');
  const { folder, pids } = JSON.parse(String(line));
  return { owner, folder, pids };
}

describe('a sandbox', () => {
  it.each<[how: string, end: (owner: ChildProcess) => void]>([
    ['is closed', (owner) => owner.stdin?.write('close\n')],
    ['is interrupted', (owner) => owner.kill('SIGINT')],
    ['is killed', (owner) => owner.kill('SIGKILL')],
  ])('leaves no processes and files when its owner %s', async (_, end) => {
    const { owner, folder, pids } = await startOwner();
    expect(existsSync(join(folder, 'state'))).toBe(true);
    expect(pids.map(isRunning)).toEqual([true, true]);
    const closed = once(owner, 'close');
    end(owner);
    await closed;
    await until('the processes have ended', () => !pids.some(isRunning));
    await until('the folder is gone', () => !existsSync(folder));
  });
});
