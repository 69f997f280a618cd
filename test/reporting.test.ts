import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

/** Returns the first capture of each match in a file. */
const captures = (path: string, pattern: RegExp) =>
  [...read(path).matchAll(pattern)].map(([, text = '']) => text);

describe('pages for reports', () => {
  const pages = [
    'SECURITY.md',
    ...readdirSync(join(root, '.github/ISSUE_TEMPLATE')).map((name) => `.github/ISSUE_TEMPLATE/${name}`),
  ];
  const links = pages.flatMap((page) =>
    captures(page, /\]\((?!https:)(.+?)\)/g).map(
      (link) => [page, link.replace('../blob/main/', '')] as const,
    ),
  );
  /** Returns the fragments of the headings on GitHub. */
  const fragments = (path: string) =>
    captures(path, /^#+ (.+)$/gm).map((heading) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\w -]/g, '')
        .replaceAll(' ', '-'),
    );

  it.each(links)('%s has a valid link to %s', (page, link) => {
    const [path = '', fragment] = link.split('#');
    const target = path === '' ? page : path;
    expect(existsSync(join(root, target))).toBe(true);
    if (fragment !== undefined) expect(fragments(target)).toContain(fragment);
  });
});

describe('the command of SECURITY.md', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ses-events-security-page-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('replaces addresses and account ids in records and rejects, without changing their structure', () => {
    const [, command = ''] = /```sh\n([\s\S]*?)```/.exec(read('SECURITY.md')) ?? [];
    const record = (address: string, ip: string, account: string) => ({
      eventType: 'Send',
      mail: {
        timestamp: '2026-03-04T05:06:07.123Z',
        messageId: '0102019fcb94bcf4-b45db006-6554-4992-a291-123456789a12-000000',
        source: `"Zoë" <${address}>`,
        sourceArn: `arn:aws:ses:eu-west-1:${account}:identity/shop.example`,
        sendingAccountId: account,
        tags: { 'ses:source-ip': [ip], late: ['1786000000000'] },
      },
      send: {},
    });
    const lines = (...values: [string, string, string]) =>
      [record(...values), { reason: 'invalid-event', raw: JSON.stringify(record(...values)) }]
        .map((value) => `${JSON.stringify(value)}\n`)
        .join('');
    writeFileSync(
      join(folder, 'record.json'),
      lines('zoe+news@mail.shop.example', '203.0.113.77', '998877665544'),
    );
    const printed = execFileSync('bash', ['-euc', command], { cwd: folder, encoding: 'utf8' });
    expect(printed).toBe(lines('person@example.com', '192.0.2.1', '123456789012'));
  });
});
