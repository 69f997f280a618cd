// Owns a sandbox in which a process starts another process in a separate session. Runs until it reads a line.
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Sandbox } from './sandbox';

const keepRunning = 'setInterval(() => {}, 1000)';
const starting = `
  const { spawn } = require('node:child_process');
  const child = spawn(process.execPath, ['-e', '${keepRunning}'], { detached: true, stdio: 'ignore' });
  console.log(process.pid + ' ' + child.pid);
  ${keepRunning}`;

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
