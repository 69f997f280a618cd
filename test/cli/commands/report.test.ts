import { existsSync, readFileSync, statSync } from 'node:fs';
import { ingest } from '../../../consumer/archive/ingest/ingest';
import { packageFolder } from '../compiled-command';
import { run, runOnTerminal } from '../run-command';
import { ScratchFolder } from '../scratch-folder';

const scratch = new ScratchFolder();
const archive = scratch.at('sample.duckdb');

beforeAll(() => ingest(`${packageFolder}/examples/sample-archive`, { archive, workers: 0 }));

const report = (...args: string[]) => run(['report', '--archive', archive, ...args]);

describe('ses-events report', () => {
  it('writes one HTML file, readable by its owner only', async () => {
    const output = scratch.at('report.html');
    const result = await report('--output', output);
    expect(result).toEqual({
      code: 0,
      stdout: '',
      stderr: expect.stringMatching(/^report of [\d.]+ KiB in .*report\.html\n$/),
    });
    expect(readFileSync(output, 'utf8')).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/);
    expect(statSync(output).mode & 0o777).toBe(0o600);
  });

  it('writes to standard output in a pipe', async () => {
    const { code, stdout } = await report();
    expect(code).toBe(0);
    expect(stdout).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/);
  });

  it('requires a file on a terminal', async () => {
    const { code, shown } = await runOnTerminal(['report', '--archive', archive]);
    expect(code).toBe(2);
    expect(shown).toContain(
      'a report is a file of HTML: add --output report.html, or redirect standard output',
    );
  });

  it('does not replace a file without --overwrite', async () => {
    const output = scratch.at('again.html');
    expect((await report('--output', output)).code).toBe(0);
    expect(await report('--output', output)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('already exists'),
    });
    expect((await report('--output', output, '--overwrite')).code).toBe(0);
  });

  it('leaves no file after an error', async () => {
    const output = scratch.at('failed.html');
    const result = await report('--configuration-set', 'nope', '--output', output);
    expect(result).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('there is no configuration set "nope" in this archive'),
    });
    expect(existsSync(output)).toBe(false);
  });

  it('covers the given range, in the time zone', async () => {
    const range = ['--since', '2026-08-09', '--until', '2026-08-14', '--timezone', 'Europe/Berlin'];
    const { stdout } = await report(...range);
    expect(stdout).toContain('2026-08-09 to 2026-08-13, 5 days');
    expect(stdout).toContain(`ses-events ask daily ${range.join(' ')}`);
  });

  it('refuses an empty range', async () => {
    const result = await report('--since', '2026-08-14', '--until', '2026-08-14');
    expect(result).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--since must be before --until'),
    });
  });

  it.each([
    [[], 'FROM emails'],
    [
      ['--engine', 'athena', '--workgroup', 'w', '--database', 'd'],
      '-- Count of the lines that Athena cannot read',
    ],
  ])('prints its statements with --dry-run %j', async (options, expected) => {
    const { code, stdout } = await run([
      'report',
      '--archive',
      scratch.at('absent.duckdb'),
      '--dry-run',
      ...options,
    ]);
    expect(code).toBe(0);
    expect(stdout).toContain(expected);
    expect(stdout).not.toContain('<html');
  });
});
