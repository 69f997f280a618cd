// Owns a sandbox in which a process has started another in a session of its own, until it is told to close.
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Sandbox } from './sandbox';

const stay = 'setInterval(() => {}, 1000)';
const starting = `
  const { spawn } = require('node:child_process');
  const child = spawn(process.execPath, ['-e', '${stay}'], { detached: true, stdio: 'ignore' });
  console.log(process.pid + ' ' + child.pid);
  ${stay}`;

async function main(): Promise<void> {
  const sandbox = new Sandbox();
  writeFileSync(join(sandbox.folder, 'state'), '');
  const child = sandbox.spawn(process.execPath, ['-e', starting], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [pids] = child.stdout === null ? [] : await once(child.stdout, 'data');
  const [parent, grandchild] = String(pids).trim().split(' ').map(Number);
  process.stdout.write(`${JSON.stringify({ folder: sandbox.folder, pids: [parent, grandchild] })}\n`);
  await once(process.stdin, 'data');
  await sandbox.close();
  process.exit();
}

void main();
