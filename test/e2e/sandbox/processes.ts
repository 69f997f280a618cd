import { spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process of this machine. */
interface RunningProcess {
  pid: number;
  command: string;
}

/** A process's descendants, in whichever group or session. */
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

/** Whether a process is there; one that has ended and nobody has asked about is not. */
function isRunning(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  return /^[^Z\s]/.test(stdout);
}

/**
 * Waits until something is so that no event tells of.
 * @throws {Error} when it is not so within three minutes
 */
async function until(what: string, isSo: () => boolean): Promise<void> {
  const end = Date.now() + 180_000;
  while (!isSo()) {
    if (Date.now() > end) throw new Error(`not within three minutes: ${what}`);
    await sleep(100);
  }
}

export { descendants, isRunning, until };
