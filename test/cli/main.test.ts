import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { globSync } from 'tinyglobby';
import { main } from '../../consumer/cli/main';
import { packageFolder } from './compiled-command';
import { KeptOutput } from './kept-output';
import { leftOutText, sendText } from './records';

/** Calls the command with separate outputs. */
function call(
  args: readonly string[],
  more: { stdin?: string; env?: NodeJS.ProcessEnv; signal?: AbortSignal },
) {
  const [stdout, stderr] = [new KeptOutput(), new KeptOutput()];
  const { stdin = '', env = {}, ...rest } = more;
  const ended = main(args, { stdin: Readable.from([Buffer.from(stdin)]), stdout, stderr, env, ...rest });
  return { ended, stdout, stderr };
}

describe('main', () => {
  it.each<[name: string, args: string[], stdin: string, code: number]>([
    ['success', ['read', '-'], sendText('a'), 0],
    ['the help', ['read', '--help'], '', 0],
    ['a failure', ['read', '/nowhere'], '', 1],
    ['wrong usage', ['read', '-', '--since', 'once'], '', 2],
    ['rejects', ['read', '-'], 'no event', 3],
    ['rejects that are allowed', ['read', '-', '--allow-rejects'], 'no event', 0],
  ])('returns the exit code of %s, and does not change that of the process', async (_, args, stdin, code) => {
    const before = process.exitCode;
    expect(await call(args, { stdin }).ended).toBe(code);
    expect(process.exitCode).toBe(before);
  });

  it('runs several calls at once, each with its own input and outputs', async () => {
    const calls = ['a', 'b', 'c'].map((id) => call(['read', '-'], { stdin: sendText(id) }));
    expect(await Promise.all(calls.map(({ ended }) => ended))).toEqual([0, 0, 0]);
    const ids = calls.map(({ stdout }) => JSON.parse(stdout.text).event.mail.messageId);
    expect(ids).toEqual(['a', 'b', 'c']);
    for (const { stderr } of calls) expect(stderr.text).toMatch(/^read 1 record: 1 event, /);
  });

  it('reads variables of the given environment', async () => {
    const env = { SES_EVENTS_ARCHIVE: '/nowhere/given.duckdb' };
    const { ended, stderr } = call(['rejects'], { env });
    expect(await ended).toBe(1);
    expect(stderr.text).toContain('/nowhere/given.duckdb');
  });

  it.each<[when: string, abort: (controller: AbortController) => void]>([
    ['before it begins', (controller) => controller.abort()],
    ['while it waits for input', (controller) => setImmediate(() => controller.abort())],
  ])('stops when its signal is aborted %s, and another call does not', async (_, abort) => {
    const controller = new AbortController();
    const stdin = new Readable({ read() {} }); // without an end
    const [stdout, stderr] = [new KeptOutput(), new KeptOutput()];
    const stopped = main(['read', '-'], { stdin, stdout, stderr, env: {}, signal: controller.signal });
    abort(controller);
    expect(await stopped).toBe(130);
    expect(stderr.text).toContain('read 0 records: 0 events');
    expect(await call(['read', '-'], { stdin: leftOutText }).ended).toBe(0);
  });
});

describe('the command line', () => {
  const sources = globSync('consumer/cli/**/*.ts', { cwd: packageFolder });
  const ofProcess = /\bprocess\.(stdin|stdout|stderr|env|exitCode|exit|on|once|off|argv|umask|chdir)\b/g;
  const usesOf = (path: string) => readFileSync(join(packageFolder, path), 'utf8').match(ofProcess) ?? [];

  it('uses the process in its entry file', () => {
    expect(new Set(usesOf('consumer/cli/ses-events.ts')).size).toBeGreaterThan(5);
  });

  it.each(sources.filter((path) => path !== 'consumer/cli/ses-events.ts'))(
    'does not use it in %s',
    (path) => {
      const comment = /^\s*\*.*$/gm;
      const text = readFileSync(join(packageFolder, path), 'utf8').replace(comment, '');
      expect(text.match(ofProcess)).toBeNull();
    },
  );
});
