import { existsSync, readFileSync } from 'node:fs';
import { ingest } from '../../../consumer/archive/ingest/ingest';
import { run, runOnTerminal } from '../run-command';
import { ScratchFolder } from '../scratch-folder';

const scratch = new ScratchFolder();
const archive = scratch.at('archive.duckdb');

const feedback = (type: 'bounce' | 'complaint', address: string, index: number, diagnosticCode?: string) => ({
  eventType: type === 'bounce' ? 'Bounce' : 'Complaint',
  mail: { timestamp: '2026-03-04T05:00:00.000Z', messageId: `${index}`, destination: [address] },
  [type]: {
    timestamp: `2026-03-04T05:06:${String(index).padStart(2, '0')}.000Z`,
    feedbackId: `${index}`,
    ...(type === 'bounce'
      ? {
          bounceType: 'Permanent',
          bounceSubType: 'NoEmail',
          bouncedRecipients: [{ emailAddress: address, diagnosticCode }],
        }
      : { complainedRecipients: [{ emailAddress: address }] }),
  },
});

const events = [
  feedback('bounce', 'once@example.com', 1, `\u001b[31munknown user ${'x'.repeat(5000)}`),
  feedback('bounce', 'twice@example.com', 2, '550 5.1.1'),
  feedback('bounce', 'TWICE@example.com', 3),
  feedback('complaint', '+x@example.com', 4),
  feedback('bounce', '"a b"@example.com', 5),
  feedback('bounce', 'a,COMPLAINT\nb@example.com', 6),
];

beforeAll(async () => {
  scratch.write('objects/a', events.map((event) => `${JSON.stringify(event)}\n`).join(''));
  await ingest(scratch.at('objects'), { archive, workers: 0 });
});

const suppress = (...args: string[]) => run(['suppress', '--archive', archive, ...args]);

describe('suppress', () => {
  it('writes an address and its reason per line, as SES imports them', async () => {
    const { code, stdout } = await suppress();
    expect(stdout).toBe('+x@example.com,COMPLAINT\ntwice@example.com,BOUNCE\nonce@example.com,BOUNCE\n');
    expect(code).toBe(0);
  });

  it('writes one JSON object per line', async () => {
    const { stdout } = await suppress('--format', 'json', '--limit', '1');
    expect(stdout).toBe('{"emailAddress":"+x@example.com","reason":"COMPLAINT"}\n');
  });

  it('counts addresses that the format cannot contain, and shows the next commands', async () => {
    const { stderr } = await suppress('--format', 'json');
    expect(stderr).toMatch(/^3 addresses; 2 skipped, because the format cannot contain them: /);
    expect(stderr).toContain('S3Url=s3://MY-BUCKET/suppress.json,DataFormat=JSON');
    expect(stderr).toContain('aws sesv2 create-import-job');
    expect(stderr).toContain('aws sesv2 put-suppressed-destination');
  });

  it.each([
    [
      'addresses with several bounces',
      ['--min-bounces', '2'],
      '+x@example.com,COMPLAINT\ntwice@example.com,BOUNCE\n',
    ],
    ['a time', ['--until', '2026-03-04T05:06:02Z'], 'once@example.com,BOUNCE\n'],
    ['a domain', ['--domain', 'example.org'], ''],
  ])('picks %s', async (_, args, expected) => {
    expect((await suppress(...args)).stdout).toBe(expected);
  });

  it('writes a file', async () => {
    const output = scratch.at('list.csv');
    const { code, stdout, stderr } = await suppress('--output', output);
    expect([code, stdout]).toEqual([0, '']);
    expect(stderr).toContain(`3 addresses in ${output}; `);
    expect(stderr).toContain(`aws s3 cp ${output} s3://MY-BUCKET/suppress.csv\n`);
    expect(stderr).toContain('S3Url=s3://MY-BUCKET/suppress.csv,DataFormat=CSV\n');
    expect(readFileSync(output, 'utf8')).toContain('+x@example.com,COMPLAINT\n');
    expect((await suppress('--output', output)).code).toBe(2);
  });

  it('quotes the file name for the shell', async () => {
    const { stderr } = await suppress('--output', scratch.at("it's $(id).csv"));
    expect(stderr).toContain(`aws s3 cp '${scratch.path}/it'\\''s $(id).csv' s3://MY-BUCKET/suppress.csv\n`);
  });

  it('reports no addresses, without commands', async () => {
    const { stdout, stderr } = await suppress('--since', '2100-01-01');
    expect([stdout, stderr]).toEqual(['', '0 addresses\n']);
  });
});

it('suppress --dry-run prints the SQL, and writes no file', async () => {
  const output = scratch.at('dry.csv');
  const args = ['--dry-run', '--domain', 'example.com', '--output', output, '-a', scratch.at('none')];
  const { code, stdout, stderr } = await run(['suppress', ...args]);
  expect(stdout).toContain("= 'example.com'");
  expect([code, stderr, existsSync(output)]).toEqual([0, '', false]);
});

describe('suppress on a terminal', () => {
  const onTerminal = (...args: string[]) => runOnTerminal(['suppress', '--archive', archive, ...args]);

  it('shows a table to review, and how to write the file', async () => {
    const { code, shown } = await onTerminal();
    expect(shown).toMatch(/│ address +│ reason +│ bounces │ last +│ example +│/);
    expect(shown).toMatch(/│ \+x@example\.com +│ COMPLAINT +│ 0 +│ 2026-03-04 +│ – +│/);
    expect(shown).toMatch(/│ twice@example\.com +│ BOUNCE +│ 2 +│ 2026-03-04 +│ 550 5\.1\.1 +│/);
    expect(shown).toMatch(
      /\n3 addresses; 2 skipped, because the format cannot contain them: see ses-events ask suppression\nTo write the file for SES, add --format csv --output suppress\.csv\n$/,
    );
    expect(shown).not.toContain('create-import-job');
    expect(code).toBe(0);
  });

  it('escapes texts of events', async () => {
    const { shown } = await onTerminal();
    expect(shown).toContain('│ \\u001b[31munknown ');
    expect(shown).not.toContain('\u001b');
  });

  it('shows days in the time zone', async () => {
    const { shown } = await onTerminal('--timezone', 'America/Los_Angeles');
    expect(shown).toContain('│ 2026-03-03 │');
    expect(shown).not.toContain('│ 2026-03-04 │');
  });

  it('cuts a long example', async () => {
    const { shown } = await onTerminal();
    expect(shown.match(/x+…?/g)?.join('')).toContain('x…');
    expect(shown.match(/x/g)?.length).toBeLessThan(160);
  });

  it('writes the lines of the import job with --format', async () => {
    const { shown } = await onTerminal('--format', 'csv', '--limit', '1');
    expect(shown).toMatch(/^\+x@example\.com,COMPLAINT\n1 address\n/);
    expect(shown).toContain('create-import-job');
  });

  it('writes the file of the import job with --output', async () => {
    const output = scratch.at('terminal.csv');
    await onTerminal('--output', output);
    expect(readFileSync(output, 'utf8')).toBe((await suppress()).stdout);
  });

  it('reports no addresses, without a table and advice', async () => {
    const { shown } = await onTerminal('--since', '2100-01-01');
    expect(shown).toBe('0 addresses\n');
  });
});

describe('a table of suppress', () => {
  it('can be in a pipe, and in a file', async () => {
    const output = scratch.at('table.txt');
    const { stdout } = await suppress('--format', 'table');
    await suppress('--format', 'table', '--output', output);
    expect(stdout).toContain('│ twice@example.com │ BOUNCE ');
    expect(readFileSync(output, 'utf8')).toBe(stdout);
  });

  it('fits the width of COLUMNS', async () => {
    const args = ['suppress', '--archive', archive, '--format', 'table'];
    const { stdout } = await run(args, { env: { COLUMNS: '50' } });
    expect(stdout).toMatch(/│ address │ twice@example.com +│\n│ reason +│ BOUNCE +│\n│ bounces │ 2 +│/);
  });

  it('has 100 rows without --limit, and the number of all addresses', async () => {
    const many = scratch.at('many.duckdb');
    const texts = Array.from({ length: 120 }, (_, index) =>
      JSON.stringify(feedback('bounce', `${index}@example.com`, index % 60)),
    );
    await ingest(scratch.write('many/a', texts.join('\n')), { archive: many, workers: 0 });
    const table = async (...args: string[]) => run(['suppress', '-a', many, '-f', 'table', ...args]);
    const { stdout, stderr } = await table();
    expect(stdout.match(/@example\.com/g)).toHaveLength(100);
    expect(stderr).toMatch(/^120 addresses; showing the first 100\n/);
    const all = await table('--limit', 'all');
    expect(all.stdout.match(/@example\.com/g)).toHaveLength(120);
    expect(all.stderr).toMatch(/^120 addresses\n/);
  });
});
