import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { ingest } from '../../../consumer/archive/ingest/ingest';
import { importLine, isPlainAddress } from '../../../consumer/cli/commands/suppress';
import { run } from '../run-command';
import { ScratchFolder } from '../scratch-folder';

const scratch = new ScratchFolder();
const archive = scratch.at('archive.duckdb');

const feedback = (type: 'bounce' | 'complaint', address: string, index: number) => ({
  eventType: type === 'bounce' ? 'Bounce' : 'Complaint',
  mail: { timestamp: '2026-03-04T05:00:00.000Z', messageId: `${index}`, destination: [address] },
  [type]: {
    timestamp: `2026-03-04T05:06:${String(index).padStart(2, '0')}.000Z`,
    feedbackId: `${index}`,
    ...(type === 'bounce'
      ? { bounceType: 'Permanent', bounceSubType: 'NoEmail', bouncedRecipients: [{ emailAddress: address }] }
      : { complainedRecipients: [{ emailAddress: address }] }),
  },
});

const events = [
  feedback('bounce', 'once@example.com', 1),
  feedback('bounce', 'twice@example.com', 2),
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

describe('a line', () => {
  it('has two cells for every address', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.emailAddress()), (address) => {
        fc.pre(isPlainAddress(address));
        const line = importLine({ address, reason: 'BOUNCE' }, 'csv');
        expect(line.split(',')).toEqual([address, 'BOUNCE']);
        expect(line).not.toMatch(/["\r\n]/);
      }),
    );
  });

  it.each([
    'ana@example.com',
    '+a@example.com',
    '=a@example.com',
    "o'neil@example.com",
    'größe@bücher.example',
  ])('can contain %s', (address) => {
    expect(isPlainAddress(address)).toBe(true);
  });
});
