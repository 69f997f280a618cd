import { spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

/** A running process. */
interface RunningProcess {
  pid: number;
  command: string;
}

/** Returns the descendants of a process, in all groups and sessions. */
function descendants(root: number): RunningProcess[] {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' });
  const all = stdout.split('\n').flatMap((line) => {
    const [, pid, parent, command = ''] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return pid === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), command }];
  });
  const below = (parent: number): RunningProcess[] =>
    all.filter((each) => each.parent === parent).flatMap((each) => [each, ...below(each.pid)]);
  return below(root);
}

/** Checks whether a process is running. Zombie processes are not. */
function isRunning(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  return /^[^Z\s]/.test(stdout);
}

/**
 * Polls a condition until it is met.
 * @throws {Error} when the condition is not met within three minutes
 */
async function until(description: string, isMet: () => boolean): Promise<void> {
  const end = Date.now() + 180_000;
  while (!isMet()) {
    if (Date.now() > end) throw new Error(`the condition was not met within three minutes: ${description}`);
    await sleep(100);
  }
}

export { descendants, isRunning, until };
