import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../consumer/cli/package-root';
import { describeWithLocalAws } from './describe-with-local-aws';
import { descendants, isRunning, until } from './sandbox/processes';

describeWithLocalAws('a run of these tests', () => {
  it('that is interrupted while Terraform applies leaves no process and no file behind', async () => {
    const jest = join(packageRoot(), 'node_modules', 'jest', 'bin', 'jest.js');
    const story = join(__dirname, 'cdktf-stack.test.ts');
    const run = spawn(process.execPath, [jest, '--config', join(__dirname, 'jest.config.js'), story], {
      stdio: 'ignore',
    });
    const started = () => descendants(run.pid ?? 0);
    await until('the provider runs', () =>
      started().some(({ command }) => /terraform-provider-aws/.test(command)),
    );
    const processes = started();
    const programs = ['moto_server', 'cdktf', 'terraform', 'reaper.mjs'];
    for (const program of programs) {
      expect(processes.map(({ command }) => command)).toContainEqual(expect.stringContaining(program));
    }
    const reaper = processes.find(({ command }) => command.includes('reaper.mjs'))?.command ?? '';
    const folder = /\S+[\\/]run-\S+/.exec(reaper)?.[0] ?? '';
    expect(existsSync(join(folder, 'cdktf.json'))).toBe(true);
    const ended = once(run, 'exit');
    run.kill('SIGINT');
    await ended;
    await until('its processes have ended', () => !processes.some(({ pid }) => isRunning(pid)));
    await until('its folder is gone', () => !existsSync(folder));
  });
});
