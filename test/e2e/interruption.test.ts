import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../consumer/cli/process/package-root';
import { descendants, isRunning, until } from '../local-aws/sandbox/processes';
import { describeWithLocalAws } from './describe-with-local-aws';

const jestCommand = join(packageRoot(), 'node_modules', 'jest', 'bin', 'jest.js');
const suites = ['cdktf-stack.test.ts', 'terraform-module.test.ts'].map((name) => join(__dirname, name));

describeWithLocalAws('a run of the end-to-end tests', () => {
  // One file runs in the interrupted process, several run in its workers.
  it.each([
    ['in one process', suites.slice(0, 1)],
    ['in several processes', suites],
  ])('that is interrupted during terraform apply leaves no processes and files: %s', async (_, files) => {
    const args = [jestCommand, '--config', join(__dirname, 'jest.config.js'), '--maxWorkers', '2', ...files];
    const run = spawn(process.execPath, args, { stdio: 'ignore' });
    const started = () => descendants(run.pid ?? 0);
    const count = (program: string) => started().filter(({ command }) => command.includes(program)).length;
    await until('the providers run', () => count('terraform-provider-aws') >= files.length);
    const processes = started();
    for (const program of ['moto_server', 'terraform', 'reaper.mjs']) {
      expect(processes.map(({ command }) => command)).toContainEqual(expect.stringContaining(program));
    }
    const folders = processes
      .filter(({ command }) => command.includes('reaper.mjs'))
      .map(({ command }) => /\S+[\\/]run-\S+/.exec(command)?.[0] ?? '');
    expect(folders).toHaveLength(files.length);
    expect(folders.every((folder) => existsSync(folder))).toBe(true);
    const ended = once(run, 'exit');
    run.kill('SIGINT');
    await ended;
    await until('the processes have ended', () => !processes.some(({ pid }) => isRunning(pid)));
    await until('the folders are gone', () => !folders.some((folder) => existsSync(folder)));
  });
});
