// Kills processes and removes a folder when the owner exits, for any reason:
//
//     node reaper.mjs FOLDER OWNER [PARENT]
//
// The owner writes process ids to standard input, one per line. When standard input closes, the processes are killed.
// The owner is also killed when its parent exits, because a worker of Jest can outlive its parent.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';

const [folder, owner, parent] = process.argv.slice(2);
const roots = new Set();

/** Returns all processes by parent. */
function processesByParent() {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  const children = new Map();
  for (const line of stdout.trim().split('\n')) {
    const [pid, ppid] = line.trim().split(/\s+/).map(Number);
    children.set(ppid, [...(children.get(ppid) ?? []), pid]);
  }
  return children;
}

/** Returns processes and their descendants, in all groups and sessions. */
function withDescendants(pids) {
  const children = processesByParent();
  const all = new Set(pids);
  for (const pid of all) for (const child of children.get(pid) ?? []) all.add(child); // the loop of a set includes added items
  return all;
}

function kill(pid, signal) {
  try {
    process.kill(pid, signal);
    return true;
  } catch {
    return false; // the process does not exist any more
  }
}

function reap() {
  for (const pid of withDescendants(roots)) kill(pid, 'SIGKILL');
  // A process can write while it is being killed.
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  process.exit();
}

// Ctrl-C of a terminal is meant for the owner.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});
createInterface({ input: process.stdin })
  .on('line', (line) => roots.add(Number(line)))
  .on('close', reap);
if (parent !== undefined) {
  setInterval(() => {
    if (kill(Number(parent), 0)) return;
    kill(Number(owner), 'SIGKILL');
    reap();
  }, 200);
}
