import { findingFormats } from '../../../consumer/cli/formats/finding-format';
import {
  checks,
  type Finding,
  failure,
  notChecked,
  ok,
  warning,
} from '../../../consumer/doctor/findings/finding';
import { run, runOnTerminal } from '../run-command';
import { unsafe } from '../unsafe-text';

/** No server listens at this endpoint. */
const nowhere = ['doctor', 'newsletter', '--endpoint', 'http://127.0.0.1:9'];

describe('doctor refuses', () => {
  it.concurrent.each<[name: string, args: string[], message: string]>([
    ['no configuration set', ['doctor'], "missing required argument 'configuration-set'"],
    [
      "a configuration set's ARN",
      ['doctor', 'arn:aws:ses:eu-west-1:111122223333:configuration-set/a'],
      'Expected the name of a configuration set, not its ARN',
    ],
    [
      '--send without a sender',
      [...nowhere, '--send'],
      '--send requires --from ADDRESS, with an address of a verified identity',
    ],
    [
      'a sender without --send',
      [...nowhere, '--from', 'a@b.example'],
      '--from requires --send\ntry: ses-events doctor newsletter --endpoint http://127.0.0.1:9 --send --from a@b.example\n',
    ],
    [
      '--wait without --send',
      [...nowhere, '--wait', '5'],
      '--wait requires --send\ntry: ses-events doctor newsletter --endpoint http://127.0.0.1:9 --send --wait 5\n',
    ],
    [
      'a wait that is not a number',
      [...nowhere, '--wait', 'long'],
      'Expected a number of seconds, 0 or more.',
    ],
    ['an unknown format', [...nowhere, '-f', 'csv'], 'Allowed choices are table, json, ndjson.'],
  ])('%s', async (_, args, message) => {
    const { code, stdout, stderr } = await run(args);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^ +at /m);
    expect([code, stdout]).toEqual([2, '']);
  });
});

describe('doctor without access to AWS', () => {
  const summary = '22 checks: 0 ok, 0 warnings, 1 failure, 21 not checked\n';
  const asked = checks.filter((check) => check !== 'send');

  it.concurrent('reports every check as NDJSON in a pipe, and fails', async () => {
    const { code, stdout, stderr } = await run(nowhere);
    const findings: Finding[] = stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
    expect(findings.map(({ check }) => check)).toEqual(asked);
    expect(findings[0]).toEqual({
      check: 'identity',
      status: 'failure',
      message: 'ECONNREFUSED: check the endpoint: it refused the connection',
      fix: expect.stringContaining('--endpoint'),
    });
    expect(new Set(findings.slice(1).map(({ status }) => status))).toEqual(new Set(['not-checked']));
    expect([code, stderr]).toEqual([1, summary]);
  });

  it.concurrent('writes one JSON array with --format json', async () => {
    const { code, stdout } = await run([...nowhere, '--format', 'json']);
    expect(JSON.parse(stdout)).toHaveLength(asked.length);
    expect(code).toBe(1);
  });

  it.concurrent('does not send a message after a failure', async () => {
    const { stdout } = await run([...nowhere, '--send', '--from', 'a@b.example']);
    expect(JSON.parse(stdout.trim().split('\n').at(-1) ?? '')).toEqual({
      check: 'send',
      status: 'not-checked',
      message: 'no message was sent: fix the failures above first',
    });
  });

  it.concurrent('writes words and symbols without colors to a pipe', async () => {
    const { stdout } = await run([...nowhere, '--format', 'table']);
    const [first, second, third] = stdout.split('\n');
    expect(first).toMatch(/^✗ failure {6}identity {14}ECONNREFUSED: /);
    expect(second).toMatch(/^ {37}→ check the credentials/);
    expect(third).toMatch(/^– not checked {2}account {15}the identity check failed$/);
    expect(stdout).not.toContain('\u001b');
  });

  it('shows colors on a terminal, except with NO_COLOR', async () => {
    const [colored, plain] = await Promise.all([
      runOnTerminal(nowhere, { TERM: 'xterm' }),
      runOnTerminal(nowhere, { TERM: 'xterm', NO_COLOR: '1' }),
    ]);
    expect(colored.shown).toContain('\u001b[31m✗ failure    \u001b[39m  identity');
    expect(plain.shown).toContain('✗ failure      identity');
    expect(plain.shown).not.toContain('\u001b[3');
    expect([colored.code, plain.code]).toEqual([1, 1]);
  });
});

describe('a finding as a line', () => {
  const { table } = findingFormats(false);

  it.each<[finding: Finding, line: string]>([
    [ok('kinds', 'all'), '✓ ok           kinds                 all\n'],
    [warning('kinds', 'some', 'do'), `! warning      kinds                 some\n${' '.repeat(37)}→ do\n`],
    [failure('use', 'no', 'do'), `✗ failure      use                   no\n${' '.repeat(37)}→ do\n`],
    [notChecked('send', 'no'), '– not checked  send                  no\n'],
  ])('%j', (finding, line) => {
    expect(table.line(finding)).toBe(line);
  });

  it('escapes control characters in responses of AWS', () => {
    const hostile = '\u001b[2Jgone\r\n\u202eback';
    const lines = String(table.line(warning('kinds', hostile, hostile))).split('\n');
    expect(lines).toHaveLength(3);
    for (const line of lines) expect(line).not.toMatch(unsafe);
    expect(lines[0]).toContain('\\u001b[2Jgone\\u000d\\u000a\\u202eback');
  });
});
