import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checks } from '../../consumer/doctor/finding';
import { pageBlocks } from '../aws-cli/page-blocks';
import { readSources, root } from '../package/source-files';

const page = readFileSync(join(root, 'docs', 'doctor.md'), 'utf8');

/** The actions that the sources name where they ask. */
function askedActions(): string[] {
  const folders = ['consumer/doctor/ask/', 'consumer/doctor/send/'];
  const sources = [...readSources(['consumer'])].filter(([path]) =>
    folders.some((one) => path.startsWith(one)),
  );
  const named = sources.flatMap(
    ([, source]) => source.match(/'(?:ses|firehose|iam|kms|s3):[A-Z]\w+'/g) ?? [],
  );
  return [...new Set(named.map((action) => action.slice(1, -1)))];
}

describe('docs/doctor.md', () => {
  it('allows what is asked, and nothing else', () => {
    const [block] = pageBlocks(page).filter(({ language }) => language === 'json');
    const { Statement }: { Statement: { Action: string[] }[] } = JSON.parse(block?.code ?? '');
    // Sending is for --send, and errors are read by the sources' own reader.
    const wanted = askedActions().filter((action) => action !== 'ses:SendEmail');
    expect([...(Statement[0]?.Action ?? [])].sort()).toEqual([...wanted, 's3:GetObject'].sort());
    expect(page).toContain('`ses:SendEmail`');
  });

  it('explains every check, in their order', () => {
    const rows = [...page.matchAll(/^\| `([\w-]+)` +\|/gm)].map(([, check]) => check);
    expect(rows).toEqual(checks.filter((check) => check !== 'send'));
  });
});
