import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { packageRoot } from '../../consumer/cli/process/package-root';
import { pageBlocks } from '../aws-cli/page-blocks';
import { descendants, isRunning, until } from '../local-aws/sandbox/processes';
import { describeWithLocalAws } from './describe-with-local-aws';

/** A run of `npm run local-aws`, as from a terminal. */
class Run {
  stdout = '';
  stderr = '';
  private readonly child: ChildProcess;

  constructor(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    // A process group, like that of a terminal: Ctrl-C goes to all of it.
    this.child = spawn('npm', ['run', '--silent', 'local-aws', '--', ...args], {
      cwd: packageRoot(),
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    this.child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.stdout += text;
    });
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text;
    });
  }

  get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  get processes() {
    return descendants(this.child.pid ?? 0);
  }

  /** The folder of its files. */
  get folder(): string {
    const reaper = this.processes.find(({ command }) => command.includes('reaper.mjs'));
    return /\S+[\\/]run-\S+/.exec(reaper?.command ?? '')?.[0] ?? '';
  }

  pressCtrlC(): void {
    process.kill(-(this.child.pid ?? 0), 'SIGINT');
  }

  async ended(): Promise<{ code: number | null; stdout: string; stderr: string }> {
    if (!this.hasEnded) await once(this.child, 'close');
    return { code: this.child.exitCode, stdout: this.stdout, stderr: this.stderr };
  }
}

/** Runs a script of a shell in the folder of the package; returns its output in order. */
async function shell(script: string): Promise<{ code: number | null; output: string }> {
  const child = spawn('bash', ['-c', `exec 2>&1\n${script}`], {
    cwd: packageRoot(),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  await once(child, 'close');
  return { code: child.exitCode, output };
}

/**
 * Replaces the parts of a text that differ between runs. The number of objects is one of them: Firehose writes another
 * object when sending takes longer than its buffering interval, three seconds here.
 */
function withoutDifferences(text: string): string {
  return text
    .replaceAll(/run-\w+/g, 'run-…')
    .replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1:…')
    .replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g, 'yyyy-MM-dd HH:mm:ss')
    .replaceAll(/; \d+ objects?; [\d.]+ KiB read; .*/g, '; …');
}

/** Returns the lines of a text in order, because Terraform creates resources concurrently. */
const sortedLines = (text: string) => text.split('\n').sort();

describeWithLocalAws('npm run local-aws', () => {
  describe('with the default stack', () => {
    const page = readFileSync(join(packageRoot(), 'docs', 'local-aws.md'), 'utf8');
    const [started, shown] = pageBlocks(page).filter(({ language }) => language === 'text');
    let run: Run;
    let setup: string;
    let commands: string[];

    beforeAll(async () => {
      run = new Run(['--port', '0']);
      await until('the commands are printed', () => run.stdout.includes('Press Ctrl-C') || run.hasEnded);
      const [, lines = '', examples = ''] =
        /\(bash or zsh\):\n\n([\s\S]*?)\n\nThen, for example:\n\n([\s\S]*?)\n\n/.exec(run.stdout) ?? [];
      setup = lines;
      commands = examples.split('\n');
    });
    afterAll(() => {
      if (!run.hasEnded) run.pressCtrlC();
    });

    it('prints the output of docs/local-aws.md', () => {
      const output = withoutDifferences(`${run.stderr}${run.stdout}`);
      expect(sortedLines(output)).toEqual(sortedLines(withoutDifferences(started?.code ?? '')));
    });

    it('prints commands that work, with the output of docs/local-aws.md', async () => {
      expect(commands).toHaveLength(5);
      let output = '';
      for (const command of commands) {
        const result = await shell(
          `${setup}\n${command} --format table`.replace(/(ingest .*) --format table/, '$1'),
        );
        expect({ command, ...result }).toMatchObject({ code: 0 });
        if (/ses-events (ingest|trace)/.test(command)) output += `\n$ ${command}\n${result.output}`;
      }
      expect(withoutDifferences(output.trim())).toBe(withoutDifferences(shown?.code.trim() ?? ''));
    });

    it('delivers the events of another message within seconds', async () => {
      const { code, output } = await shell(
        `${setup}\nses-events doctor email-events --send --from orders@shop.example --format table`,
      );
      expect(output).toMatch(/Send and Delivery arrived in the bucket after \d+ seconds/);
      expect(code).toBe(0);
    });

    it('leaves no processes, files and servers after Ctrl-C', async () => {
      const { processes, folder } = run;
      const [, endpoint] = /AWS_ENDPOINT_URL=(\S+)/.exec(run.stdout) ?? [];
      expect(processes.map(({ command }) => command)).toContainEqual(expect.stringContaining('moto_server'));
      expect(existsSync(join(folder, 'mail.duckdb'))).toBe(true);
      run.pressCtrlC();
      expect((await run.ended()).stderr).toMatch(/\nstopping\nstopped: no process and no file remains\n$/);
      await until('the processes have ended', () => !processes.some(({ pid }) => isRunning(pid)));
      expect(existsSync(folder)).toBe(false);
      await expect(fetch(String(endpoint))).rejects.toThrow('fetch failed');
    });
  });

  it('leaves no processes and files after Ctrl-C during terraform apply', async () => {
    const run = new Run(['--port', '0']);
    await until('Terraform creates resources', () => run.stderr.includes('  created ') || run.hasEnded);
    const { processes, folder } = run;
    expect(processes.map(({ command }) => command)).toContainEqual(
      expect.stringContaining('terraform-provider-aws'),
    );
    run.pressCtrlC();
    const { stdout, stderr } = await run.ended(); // the exit code is npm's, which ends by the signal
    // Terraform finishes what it is creating.
    expect(stderr).toMatch(/\nstopping\n(?: {2}created .*\n)*stopped: no process and no file remains\n$/);
    expect(stderr).not.toContain('error');
    expect(stdout).toBe('');
    await until('the processes have ended', () => !processes.some(({ pid }) => isRunning(pid)));
    expect(existsSync(folder)).toBe(false);
  });

  describe('that cannot start', () => {
    let folder: string;
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'no-python-'));
    });
    afterEach(() => rmSync(folder, { recursive: true }));

    /** Returns a PATH with some commands only. */
    const pathWith = (...commands: readonly string[]) => {
      const bin = join(folder, 'bin');
      mkdirSync(bin);
      for (const command of commands) {
        const found = (process.env.PATH ?? '')
          .split(delimiter)
          .find((each) => existsSync(join(each, command)));
        symlinkSync(join(found ?? '', command), join(bin, command));
      }
      return bin;
    };

    it('reports a port that is in use', async () => {
      const server = createServer().listen(0, '127.0.0.1');
      await once(server, 'listening');
      const address = server.address();
      const port = typeof address === 'object' ? address?.port : undefined;
      const run = new Run(['--port', String(port)]);
      const { code, stderr } = await run.ended();
      server.close();
      expect(stderr).toContain(
        `error: port ${port} of 127.0.0.1 is in use: stop the process that uses it, or choose another port, such as npm run local-aws -- --port 0\n`,
      );
      expect(code).toBe(1);
    });

    it('reports that Terraform is missing', async () => {
      const { code, stderr } = await new Run([], { TERRAFORM: join(folder, 'terraform') }).ended();
      expect(stderr).toContain('error: there is no usable Terraform: ');
      expect(stderr).toContain('Install Terraform 1.10 or newer');
      expect(code).toBe(1);
    });

    it('reports that Python is missing', async () => {
      const PATH = pathWith('npm', 'node', 'sh', 'ps', 'find', 'terraform');
      const { code, stderr } = await new Run([], { PATH }).ended();
      expect(stderr).toContain('error: there is no Python 3.11 or newer with venv and pip.');
      expect(code).toBe(1);
    });

    it.each([
      ['--port 70000', ['--port', '70000'], '--port 70000 is not a port: use a number from 0 to 65535'],
      ['--port abc', ['--port', 'abc'], '--port abc is not a port: use a number from 0 to 65535'],
      ['an unknown option', ['--keep'], "Unknown option '--keep'"],
    ])('refuses %s', async (_, args, message) => {
      const { code, stdout, stderr } = await new Run(args).ended();
      expect(stderr).toContain(`error: ${message}`);
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    });
  });
});
