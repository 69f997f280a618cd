import { readdirSync, readFileSync } from 'node:fs';
import { ingest } from '../../../consumer/archive/ingest/ingest';
import { listFormats } from '../../../consumer/cli/formats/registry';
import { packageFolder } from '../compiled-command';
import { csvRecords } from '../csv-records';
import { sendText } from '../records';
import { run, runOnTerminal } from '../run-command';
import { ScratchFolder } from '../scratch-folder';
import { unsafe } from '../unsafe-text';

const scratch = new ScratchFolder();
const archive = scratch.at('sample.duckdb');
const small = scratch.at('small.duckdb');

const destination = ['ana@example.com'];
const bounce = (messageId: string, subject: string) => ({
  eventType: 'Bounce',
  mail: { timestamp: '2026-03-04T05:06:07.000Z', messageId, destination, commonHeaders: { subject } },
  bounce: {
    bounceType: 'Permanent',
    bounceSubType: 'General',
    bouncedRecipients: [{ emailAddress: 'ana@example.com', diagnosticCode: '=cmd|1 \u001b[2J' }],
    timestamp: '2026-03-04T05:06:08.000Z',
    feedbackId: messageId,
  },
});

beforeAll(async () => {
  await ingest(`${packageFolder}/examples/sample-archive`, { archive, workers: 0 });
  const lines = [sendText('a', { destination }), sendText('b', { destination })];
  scratch.write(
    'objects/a',
    [...lines, JSON.stringify(bounce('a', 's')), 'broken'].map((line) => `${line}\n`).join(''),
  );
  await ingest(scratch.at('objects'), { archive: small, workers: 0 });
});

const ask = (...args: string[]) => run(['ask', '--archive', small, ...args]);
const lines = (stdout: string): Record<string, unknown>[] =>
  stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

const below =
  'archive: 3 events, newest 2026-03-04 05:06:08 UTC; 1 unreadable record: see ses-events rejects\n';

describe('ask', () => {
  it('writes one row per line to a pipe, with exact values', async () => {
    const { code, stdout, stderr } = await ask('health');
    expect(lines(stdout)).toEqual([
      {
        sent: 2,
        delivered: 0,
        soft_bounced: 0,
        suppressed: 0,
        bounced: 1,
        bounce_rate: 0.5,
        bounce_verdict: 'danger',
        complained: 0,
        complaint_rate: 0,
        complaint_verdict: 'ok',
        delivered_messages: 0,
        open_rate: null,
        human_open_rate: null,
        click_rate: null,
        human_click_rate: null,
      },
    ]);
    expect([code, stderr]).toEqual([0, `1 row; ${below}`]);
  });

  it('has no verdict without sent emails', async () => {
    const { stdout } = await ask('health', '--since', '2100-01-01');
    expect(lines(stdout)).toMatchObject([
      { sent: 0, bounce_rate: null, bounce_verdict: null, complaint_rate: null, complaint_verdict: null },
    ]);
  });

  it('shows a single row vertically, with percentages and meanings, below the title and the scope', async () => {
    const { code, stdout, stderr } = await ask('health', '--format', 'table', '--since', '2026-03-01');
    expect(stdout).toMatch(/^Account health\nsince 2026-03-01 00:00:00 \(UTC\): by send time, .*\n\n┌/);
    expect(stdout).toMatch(
      /│ bounce_rate +│ 50\.00% +│ `bounced` divided by `sent`; NULL if `sent` is 0\. +│/,
    );
    expect(stdout).toMatch(/│ open_rate +│ – +│/);
    expect([code, stderr]).toEqual([0, `1 row; ${below}`]);
  });

  it('shows several rows as a table, with numbers on the right', async () => {
    const { stdout } = await run(['ask', 'delivery-times', '-a', archive, '-f', 'table', '--limit', '2']);
    expect(stdout).toMatch(/│ domain +│ deliveries │ +p50 │/);
    expect(stdout.split('\n').filter((line) => /│ +[\d.]+ (ms|s|min)/.test(line))).toHaveLength(2);
  });

  it('writes one JSON array, and CSV with neutralized formulas', async () => {
    const [json, csv] = await Promise.all([ask('bounces', '-f', 'json'), ask('bounces', '-f', 'csv')]);
    const example = '=cmd|1 \u001b[2J';
    expect(JSON.parse(json.stdout)).toEqual([
      expect.objectContaining({ bounce_class: 'other', emails: 1, share: 1, example }),
    ]);
    expect(csvRecords(csv.stdout)).toEqual([
      ['bounce_class', 'bounce_type', 'bounce_sub_type', 'domain', 'emails', 'share', 'example'],
      ['other', 'Permanent', 'General', 'example.com', '1', '1', `'${example}`],
    ]);
  });

  it('writes times in ISO 8601 and days as days', async () => {
    const [kinds, daily] = await Promise.all([ask('kinds'), ask('daily', '-f', 'csv')]);
    expect(lines(kinds.stdout)[1]).toMatchObject({
      event_type: 'Bounce',
      last_at: '2026-03-04T05:06:08.000Z',
    });
    expect(csvRecords(daily.stdout)[1]?.[0]).toBe('2026-03-04');
  });

  it.each([
    ['ndjson', ''],
    ['json', '[\n\n]\n'],
    ['csv', 'status,messages,share\r\n'],
    [
      'table',
      'Messages by status\nsince 2100-01-01 00:00:00 (UTC): by send time, with all later outcomes\n\n',
    ],
  ])('%s of an empty answer is complete', async (format, expected) => {
    const { code, stdout, stderr } = await ask('statuses', '--since', '2100-01-01', '--format', format);
    const note = '0 rows: no matching events, check --since, --until and the filters';
    expect([code, stdout, stderr]).toEqual([0, expected, `${note}; ${below}`]);
  });

  it('prints the SQL and opens no archive with --dry-run', async () => {
    const { code, stdout, stderr } = await run([
      'ask',
      'statuses',
      '--dry-run',
      '--configuration-set',
      "it's",
      '-a',
      scratch.at('none'),
    ]);
    expect(stdout).toContain("WHERE configuration_set = 'it''s'");
    expect([code, stderr]).toEqual([0, '']);
  });
});

describe('ask --output', () => {
  it('writes the same as to standard output, and replaces a file only with --overwrite', async () => {
    const output = scratch.at('kinds.csv');
    const [piped, { code, stdout, stderr }] = [
      await ask('kinds', '-f', 'csv'),
      await ask('kinds', '-f', 'csv', '-o', output),
    ];
    expect([code, stdout, stderr]).toEqual([0, '', `2 rows in ${output}; ${below}`]);
    expect(readFileSync(output, 'utf8')).toBe(piped.stdout);
    const again = await ask('kinds', '-f', 'csv', '-o', output);
    expect([again.code, again.stderr]).toEqual([2, expect.stringContaining('already exists')]);
    expect((await ask('kinds', '-f', 'json', '-o', output, '--overwrite')).code).toBe(0);
    expect(JSON.parse(readFileSync(output, 'utf8'))).toHaveLength(2);
  });

  it.each([
    ['CSV', 'by-name.csv', 'csv'],
    ['JSON', 'by-name.JSON', 'json'],
    ['Markdown', 'by-name.md', 'markdown'],
    ['NDJSON where the name has no format', 'by-name.txt', 'ndjson'],
  ])('writes %s without --format, by the name of the file', async (_, name, format) => {
    const output = scratch.at(name);
    expect((await ask('kinds', '--output', output)).code).toBe(0);
    expect(readFileSync(output, 'utf8')).toBe((await ask('kinds', '--format', format)).stdout);
  });

  it('writes a workbook or Parquet by the name of the file, and --format replaces the name', async () => {
    for (const [name, beginning] of [
      ['by-name.xlsx', 'PK'],
      ['by-name.parquet', 'PAR1'],
    ] as const) {
      const output = scratch.at(name);
      expect((await ask('kinds', '--output', output)).code).toBe(0);
      expect(readFileSync(output, 'latin1')).toMatch(new RegExp(`^${beginning}`));
      expect((await ask('kinds', '--output', output, '--overwrite', '--format', 'ndjson')).code).toBe(0);
      expect(readFileSync(output, 'utf8')).toMatch(/^\{/);
    }
  });

  it('writes Parquet, and no other file', async () => {
    const output = scratch.at('parquet/kinds.parquet');
    scratch.write('parquet/before', '');
    const { code, stdout, stderr } = await ask('kinds', '-f', 'parquet', '-o', output);
    expect([code, stdout, stderr]).toEqual([0, '', `2 rows in ${output}; ${below}`]);
    expect(readdirSync(scratch.at('parquet')).sort()).toEqual(['before', 'kinds.parquet']);
    expect(readFileSync(output).subarray(0, 4).toString()).toBe('PAR1');
    expect((await ask('health', '-f', 'parquet', '-o', output, '--overwrite')).code).toBe(0);
  });
});

describe('ask rejects', () => {
  it.each([
    [
      'no name',
      [],
      "missing required argument 'question'\n(add --help for usage)\n(ses-events questions lists the questions)\n",
      2,
    ],
    [
      'an unknown name',
      ['bounce'],
      'unknown question "bounce"; did you mean bounces? (ses-events questions lists them)\ntry: ses-events ask --archive ',
      2,
    ],
    [
      'an unknown name without a similar one',
      ['zzzzzzzzz'],
      'unknown question "zzzzzzzzz" (ses-events questions lists them)\n',
      2,
    ],
    [
      'an option that the question does not take',
      ['kinds', '--domain', 'x'],
      'the question kinds does not take --domain. It takes --since, --until, --configuration-set, --tag, --tenant, --source-region, --account, --timezone and --limit\ntry: ',
      2,
    ],
    [
      'a tag without a value',
      ['health', '--tag', 'campaign'],
      'Expected name=value, such as campaign=welcome.',
      2,
    ],
    ['an invalid time', ['health', '--since', 'noon'], 'Expected a day or time', 2],
    [
      'an empty time range',
      ['health', '--since', '2026-01-01', '--until', '2026-01-01'],
      '--since must be before --until',
      2,
    ],
    [
      'an unknown format',
      ['health', '-f', 'xml'],
      `Allowed choices are ${[...listFormats, 'xlsx', 'parquet'].join(', ')}`,
      2,
    ],
    ['Parquet on standard output', ['health', '-f', 'parquet'], '--format parquet requires --output FILE', 2],
    ['a workbook on standard output', ['health', '-f', 'xlsx'], '--format xlsx requires --output FILE', 2],
    ['--overwrite without a file', ['health', '--overwrite'], '--overwrite requires --output', 2],
    [
      'Parquet in a missing folder',
      ['health', '-f', 'parquet', '-o', scratch.at('no/a')],
      'does not exist; create it',
      2,
    ],
    ['a missing archive', ['health', '-a', scratch.at('none')], 'there is no archive', 1],
  ])('%s', async (_, args, message, expected) => {
    const { code, stdout, stderr } = await ask(...args);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^ +at /m);
    expect([code, stdout]).toEqual([expected, '']);
  });
});

describe('on a terminal', () => {
  it.each(['table', 'json', 'ndjson', 'csv'])(
    'control characters of events are escaped in %s',
    async (format) => {
      const args = ['ask', 'bounces', '-a', archive, '--format', format, '--all-columns'];
      const { code, shown } = await runOnTerminal(args);
      expect(shown).toContain('\\u001b[1A');
      for (const line of shown.split(/\r*\n/)) expect(line).not.toMatch(unsafe);
      expect(code).toBe(0);
    },
  );

  it('a table is the default format', async () => {
    const { shown } = await runOnTerminal(['ask', 'health', '-a', archive]);
    expect(shown).toContain('│ sent ');
  });
});
