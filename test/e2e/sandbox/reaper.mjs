// Ends processes and removes a folder when whoever started this is gone, however that came about:
//
//     node reaper.mjs FOLDER OWNER [PARENT]
//
// The owner writes the ids of processes to standard input, a line each, and holds it open as long as they may live.
// A parent is the process whose end the owner would outlive, as a worker of jest does.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';

const [folder, owner, parent] = process.argv.slice(2);
const roots = new Set();

/** All processes by their parent. */
function processesByParent() {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  const children = new Map();
  for (const line of stdout.trim().split('\n')) {
    const [pid, ppid] = line.trim().split(/\s+/).map(Number);
    children.set(ppid, [...(children.get(ppid) ?? []), pid]);
  }
  return children;
}

/** Some processes and all that they have started, those of other groups and sessions too. */
function withDescendants(pids) {
  const children = processesByParent();
  const all = new Set(pids);
  for (const pid of all) for (const child of children.get(pid) ?? []) all.add(child); // a set's loop sees what is added
  return all;
}

function kill(pid, signal) {
  try {
    process.kill(pid, signal);
    return true;
  } catch {
    return false; // it has ended
  }
}

function reap() {
  for (const pid of withDescendants(roots)) kill(pid, 'SIGKILL');
  // A process that is being killed may still write.
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  process.exit();
}

// A terminal's Ctrl-C is for the owner.
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
